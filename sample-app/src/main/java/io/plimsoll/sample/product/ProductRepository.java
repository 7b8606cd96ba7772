package io.plimsoll.sample.product;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Products and their stock in the database. */
@Repository
public class ProductRepository {

    private static final String COLUMNS = "SELECT id, name, price, stock FROM products ";

    private final JdbcClient jdbc;

    ProductRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Product> all() {
        return jdbc.sql(COLUMNS + "ORDER BY id LIMIT 100").query(Product.class).list();
    }

    List<Product> byIds(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(COLUMNS + "WHERE id IN (:ids)")
                        .param("ids", ids)
                        .query(Product.class)
                        .list();
    }

    Product byId(long id) {
        return find(id).orElseThrow(() -> new ProductNotFoundException(id));
    }

    private Optional<Product> find(long id) {
        return jdbc.sql(COLUMNS + "WHERE id = :id")
                .param("id", id)
                .query(Product.class)
                .optional();
    }

    /**
     * Takes some of a product out of the stock, for the transaction of the caller.
     *
     * @return the price of one
     * @throws ProductNotFoundException if there is no such product
     * @throws OutOfStockException if there are not that many
     */
    public BigDecimal take(long id, int quantity) {
        return jdbc.sql("""
                        UPDATE products SET stock = stock - :quantity
                        WHERE id = :id AND stock >= :quantity
                        RETURNING price""")
                .param("id", id)
                .param("quantity", quantity)
                .query(BigDecimal.class)
                .optional()
                .orElseThrow(() -> new OutOfStockException(byId(id)));
    }
}
