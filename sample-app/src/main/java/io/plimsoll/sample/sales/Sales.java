package io.plimsoll.sample.sales;

import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.sample.order.OrderLine;
import io.plimsoll.sample.order.OrderPlaced;
import io.plimsoll.timeout.Timeout;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what was sold: once for each order, as the count and the removal of its event are one transaction. */
@Component
class Sales {

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // An order has a few lines.
    @SuppressWarnings("plimsoll:QueryInLoop")
    @OutboxListener(topic = "orders")
    @Timeout("2s")
    void on(OrderPlaced placed) {
        for (OrderLine line : placed.items()) {
            jdbc.sql("""
                            INSERT INTO product_sales (product_id, sold) VALUES (:product, :quantity)
                            ON CONFLICT (product_id) DO UPDATE SET sold = product_sales.sold + :quantity""")
                    .param("product", line.productId())
                    .param("quantity", line.quantity())
                    .update();
        }
    }

    List<ProductSales> best() {
        return jdbc.sql("SELECT product_id, sold FROM product_sales ORDER BY sold DESC, product_id LIMIT 10")
                .query(ProductSales.class)
                .list();
    }
}
