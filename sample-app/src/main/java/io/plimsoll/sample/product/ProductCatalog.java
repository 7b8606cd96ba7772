package io.plimsoll.sample.product;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What the shop window shows. */
@Service
class ProductCatalog {

    private static final int WINDOW = 3;

    private final ProductRepository products;
    private final PopularProducts popular;

    ProductCatalog(ProductRepository products, PopularProducts popular) {
        this.products = products;
        this.popular = popular;
    }

    List<Product> all() {
        return products.all();
    }

    Product view(long id) {
        Product product = products.byId(id);
        popular.viewed(id);
        return product;
    }

    /** In the order of their popularity; a product that is gone from the shop is left out. */
    List<Product> popular() {
        List<Long> ids = popular.top(WINDOW);
        Map<Long, Product> found =
                products.byIds(ids).stream().collect(Collectors.toMap(Product::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
