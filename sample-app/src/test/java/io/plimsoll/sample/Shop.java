package io.plimsoll.sample;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** The shop as its customers reach it, and its database as its owner sees it. */
@TestComponent
class Shop {

    private static final AtomicLong PRODUCTS = new AtomicLong(1_000);

    private final Environment environment;
    private final JdbcClient jdbc;
    private final DataSource dataSource;

    Shop(Environment environment, JdbcClient jdbc, DataSource dataSource) {
        this.environment = environment;
        this.jdbc = jdbc;
        this.dataSource = dataSource;
    }

    RestTestClient http() {
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + environment.getRequiredProperty("local.server.port"))
                .build();
    }

    ResponseSpec get(String uri) {
        return http().get().uri(uri).exchange();
    }

    /** A new request: with a key that was never used. */
    ResponseSpec send(String method, String uri, @Nullable String json) {
        return send(method, uri, json, UUID.randomUUID().toString());
    }

    ResponseSpec send(String method, String uri, @Nullable String json, @Nullable String key) {
        RestTestClient.RequestBodySpec request =
                http().method(HttpMethod.valueOf(method)).uri(uri);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return json == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).body(json).exchange();
    }

    ResponseSpec order(long product, int quantity) {
        return send("POST", "/api/v1/orders", orderOf(product, quantity));
    }

    /** Places an order that is expected to succeed. */
    long placeOrder(long product, int quantity) {
        Map<?, ?> order = order(product, quantity)
                .expectStatus()
                .isCreated()
                .returnResult(Map.class)
                .getResponseBody();
        return ((Number) Objects.requireNonNull(order).get("id")).longValue();
    }

    ResponseSpec pay(long order) {
        return send("POST", "/api/v1/orders/" + order + "/payment", null);
    }

    static String orderOf(long product, Object quantity) {
        return "{\"items\":[{\"productId\":" + product + ",\"quantity\":" + quantity + "}]}";
    }

    /** Puts a product on the shelf that no other test buys. */
    long stock(String price, int stock) {
        long id = PRODUCTS.incrementAndGet();
        jdbc.sql("INSERT INTO products (id, name, price, stock) VALUES (?, ?, ?, ?)")
                .params(id, "Test product", new BigDecimal(price), stock)
                .update();
        return id;
    }

    int stockOf(long product) {
        return jdbc.sql("SELECT stock FROM products WHERE id = ?")
                .param(product)
                .query(Integer.class)
                .single();
    }

    long ordersOf(long product) {
        return count("SELECT count(*) FROM order_lines WHERE product_id = ?", product);
    }

    long paymentsOf(long order) {
        return count("SELECT count(*) FROM payments WHERE order_id = ?", order);
    }

    long chargesOf(long order) {
        return jdbc.sql("SELECT count(*) FROM stub_charges WHERE reference = ?")
                .param("order-" + order)
                .query(Long.class)
                .single();
    }

    long soldOf(long product) {
        return jdbc.sql("SELECT coalesce(sum(sold), 0) FROM product_sales WHERE product_id = ?")
                .param(product)
                .query(Long.class)
                .single();
    }

    long mailsTo(String address) {
        return jdbc.sql("SELECT count(*) FROM stub_mails WHERE address = ?")
                .param(address)
                .query(Long.class)
                .single();
    }

    /** Events that nobody has been told of. */
    long waitingEvents() {
        return jdbc.sql("SELECT (SELECT count(*) FROM plimsoll_outbox) + (SELECT count(*) FROM plimsoll_outbox_held)")
                .query(Long.class)
                .single();
    }

    long orders() {
        return jdbc.sql("SELECT count(*) FROM orders").query(Long.class).single();
    }

    void execute(String sql) {
        jdbc.sql(sql).update();
    }

    int connectionsInUse() throws SQLException {
        return dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
    }

    private long count(String sql, long id) {
        return jdbc.sql(sql).param(id).query(Long.class).single();
    }
}
