package io.plimsoll.sample.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders in the database. */
@Repository
class OrderRepository {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    OrderRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** @return the id of the new order */
    long insert(@Nullable String customerEmail, List<OrderLine> lines, BigDecimal total) {
        long id = jdbc.sql("INSERT INTO orders (customer_email, total) VALUES (:email, :total) RETURNING id")
                .param("email", customerEmail)
                .param("total", total)
                .query(Long.class)
                .single();
        batch.batchUpdate(
                "INSERT INTO order_lines (order_id, product_id, quantity, unit_price) VALUES (?, ?, ?, ?)",
                lines,
                lines.size(),
                (row, line) -> {
                    row.setLong(1, id);
                    row.setLong(2, line.productId());
                    row.setInt(3, line.quantity());
                    row.setBigDecimal(4, line.unitPrice());
                });
        return id;
    }

    Optional<Order> find(long id) {
        return jdbc.sql("""
                        SELECT id, customer_email, total, placed_at,
                               EXISTS (SELECT 1 FROM payments WHERE order_id = id) AS paid
                        FROM orders WHERE id = :id""")
                .param("id", id)
                .query((row, number) -> new Order(
                        id,
                        row.getString("customer_email"),
                        lines(id),
                        row.getBigDecimal("total"),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("paid")))
                .optional();
    }

    private List<OrderLine> lines(long id) {
        return jdbc.sql("""
                        SELECT product_id, quantity, unit_price FROM order_lines
                        WHERE order_id = :id ORDER BY product_id""").param("id", id).query(OrderLine.class).list();
    }

    /** Keeps the database busy, on the connection of the running transaction. */
    void dawdle(Duration delay) {
        jdbc.sql("SELECT 1 FROM pg_sleep(:seconds)")
                .param("seconds", delay.toNanos() / 1e9)
                .query(Integer.class)
                .single();
    }
}
