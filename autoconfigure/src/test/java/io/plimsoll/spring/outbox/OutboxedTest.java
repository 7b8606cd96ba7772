package io.plimsoll.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.outbox.EventType;
import io.plimsoll.outbox.NoTransactionForEventException;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** What a method returns is published if, and only if, its transaction commits. */
class OutboxedTest {

    @EventType(name = "placed", version = 1)
    record Placed(String order) {}

    record Confirmation(int status, List<Placed> events) {}

    @Outboxed(topic = "notes", key = "#event.order")
    @EventType(name = "noted", version = 1)
    record Noted(String order) {}

    static class Orders {

        private final JdbcTemplate jdbc;
        private final ApplicationEventPublisher publisher;

        Orders(JdbcTemplate jdbc, ApplicationEventPublisher publisher) {
            this.jdbc = jdbc;
            this.publisher = publisher;
        }

        private Placed insert(String order) {
            jdbc.update("INSERT INTO orders (name) VALUES (?)", order);
            return new Placed(order);
        }

        @Outboxed(topic = "orders", key = "#result.order")
        Placed place(String order) {
            return insert(order);
        }

        @Outboxed(topic = "orders", key = "#order")
        Placed fail(String order) {
            throw new IllegalArgumentException(insert(order).order());
        }

        @Outboxed(topic = "orders", key = "#event.order")
        List<Placed> placeAll(List<String> orders) {
            return orders.stream().map(this::insert).toList();
        }

        @Outboxed(topic = "orders", key = "#event.order")
        Placed[] placeArray(String... orders) {
            return Arrays.stream(orders).map(this::insert).toArray(Placed[]::new);
        }

        @Outboxed(topic = "orders")
        Optional<Placed> placeMaybe(@Nullable String order) {
            return Optional.ofNullable(order).map(this::insert);
        }

        @Outboxed(topic = "orders")
        @Nullable
        Placed placeOrNull(@Nullable String order) {
            return order == null ? null : insert(order);
        }

        @Outboxed(topic = "orders", key = "{#order, #event.order}", payload = "#result.events")
        Confirmation confirm(String order) {
            return new Confirmation(7, List.of(insert(order), insert(order + "-2")));
        }

        @Idempotent(key = "#order")
        @Outboxed(topic = "orders", key = "#order")
        Placed placeOnce(String order) {
            return insert(order);
        }

        @Transactional
        void note(String order) {
            insert(order);
            publisher.publishEvent(new Noted(order));
        }

        void noteOutside(String order) {
            publisher.publishEvent(new Noted(order));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(IdempotencyAutoConfiguration.class)
    static class WithIdempotency {}

    private OutboxDatabase database;
    private Collector collector;
    private OutboxApp app;

    @BeforeEach
    void start() {
        database = new OutboxDatabase(OutboxDatabase.Kind.H2);
        database.jdbc().execute("CREATE TABLE orders (name VARCHAR(40))");
        database.run("io/plimsoll/spring/idempotency/schema-h2.sql");
        collector = new Collector();
        app = OutboxApp.with(
                database,
                collector,
                Orders.class,
                context -> new Orders(context.getBean(JdbcTemplate.class), context),
                WithIdempotency.class);
    }

    @AfterEach
    void stop() {
        app.close();
        database.close();
    }

    private Orders orders() {
        return app.bean(Orders.class);
    }

    private void delivered(String... orders) {
        await().untilAsserted(() -> assertThat(collector.delivered())
                .containsExactlyInAnyOrder(Arrays.stream(orders)
                        .map(order -> "{\"order\":\"" + order + "\"}")
                        .toArray(String[]::new)));
        assertThat(database.isDelivered()).isTrue();
    }

    @Test
    void theResultIsPublishedInATransactionOfItsOwn() {
        orders().place("a");
        delivered("a");
        assertThat(collector.keys()).containsExactly("a");
        assertThat(database.count("orders")).isEqualTo(1);
    }

    @Test
    void aMethodThatFailsPublishesNothingAndDoesNothing() {
        assertThatThrownBy(() -> orders().fail("a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(database.count("orders")).isZero();
        assertThat(database.count("plimsoll_outbox")).isZero();
        orders().place("b");
        delivered("b");
    }

    @Test
    void itGoesWithTheTransactionOfItsCaller() {
        app.transaction().executeWithoutResult(status -> {
            orders().place("a");
            status.setRollbackOnly();
        });
        app.transaction().executeWithoutResult(status -> {
            orders().place("b");
            orders().place("c");
        });
        delivered("b", "c");
        assertThat(database.count("orders")).isEqualTo(2);
    }

    @Test
    void severalNoneAndThoseInAnotherValue() {
        orders().placeAll(List.of("a", "b"));
        orders().placeArray("c", "d");
        orders().placeMaybe("e");
        orders().placeMaybe(null);
        orders().placeOrNull("f");
        orders().placeOrNull(null);
        orders().confirm("g");
        delivered("a", "b", "c", "d", "e", "f", "g", "g-2");
        assertThat(collector.keys())
                .containsExactlyInAnyOrder("a", "b", "c", "d", "null", "null", "[g, g]", "[g, g-2]");
    }

    @Test
    void aReplayWritesNoEvent() {
        orders().placeOnce("a");
        assertThat(orders().placeOnce("a")).isEqualTo(new Placed("a"));
        delivered("a");
        assertThat(database.count("orders")).isEqualTo(1);
    }

    @Test
    void anEventOfAnOutboxedTypeIsPublishedWithItsTransaction() {
        orders().note("a");
        delivered("a");
        assertThat(collector.keys()).containsExactly("a");
        app.transaction().executeWithoutResult(status -> {
            orders().note("b");
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> orders().noteOutside("c"))
                .isInstanceOf(NoTransactionForEventException.class)
                .hasMessageContaining("Put @Transactional on the caller");
        orders().note("d");
        delivered("a", "d");
        assertThat(UUID.fromString(collector.eventIds().get(0)).version()).isEqualTo(4);
    }
}
