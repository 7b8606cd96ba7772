package io.plimsoll.sample.product;

import io.plimsoll.timeout.Timeout;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/products")
@Timeout("1s")
class ProductController {

    private final ProductCatalog catalog;

    ProductController(ProductCatalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping
    public List<Product> all() {
        return catalog.all();
    }

    @GetMapping("/popular")
    public List<Product> popular() {
        return catalog.popular();
    }

    @GetMapping("/{id}")
    public Product one(@PathVariable("id") long id) {
        return catalog.view(id);
    }
}
