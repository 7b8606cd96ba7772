package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.spring.idempotency.Server.Answer;
import io.plimsoll.timeout.Timeout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A handler may call handlers of other controllers: one request, one key, several calls. */
class HandlersInHandlersTest {

    @Test
    void eachOfThemIsACallOfItsOwn() throws Exception {
        try (Server server = new Server(TestDatabase.H2, Orders.class, Payments.class, Facade.class)) {
            Answer first = server.post("/both", "k", "");
            Answer second = server.post("/both", "k", "");

            assertThat(first.text()).isEqualTo("ordered, paid");
            assertThat(second.text()).isEqualTo("ordered, paid");
            assertThat(server.effects("order")).isEqualTo(1);
            assertThat(server.effects("payment")).isEqualTo(1);
        }
    }

    @Test
    void anIdempotentHandlerMayCallAnother() throws Exception {
        try (Server server = new Server(TestDatabase.H2, Orders.class, Payments.class, Facade.class)) {
            assertThat(server.post("/old-orders", "k", "").text()).isEqualTo("ordered");
            assertThat(server.post("/old-orders", "k", "").replayed()).isTrue();
            assertThat(server.effects("order")).isEqualTo(1);
        }
    }

    @RestController
    @Timeout("20s")
    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent
        @PostMapping("/orders")
        public String order() {
            jdbc.update("INSERT INTO effects (name) VALUES ('order')");
            return "ordered";
        }
    }

    @RestController
    @Timeout("20s")
    static class Payments {

        private final JdbcTemplate jdbc;

        Payments(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent
        @PostMapping("/payments")
        public String pay() {
            jdbc.update("INSERT INTO effects (name) VALUES ('payment')");
            return "paid";
        }
    }

    @RestController
    @Timeout("20s")
    static class Facade {

        private final Orders orders;
        private final Payments payments;

        Facade(Orders orders, Payments payments) {
            this.orders = orders;
            this.payments = payments;
        }

        @NotIdempotent(reason = "what it calls is")
        @PostMapping("/both")
        public String both() {
            return orders.order() + ", " + payments.pay();
        }

        @Idempotent
        @PostMapping("/old-orders")
        public String order() {
            return orders.order();
        }
    }

    /** The request is the same for all: what tells them apart is what they are called with. */
    @Test
    void whatIsCalledTwiceWithSomethingElseIsNotTakenForARepetition() throws Exception {
        try (Server server = new Server(TestDatabase.H2, Items.class, Basket.class)) {
            assertThat(server.post("/basket?names=tea", "one", "").text()).contains("tea");
            assertThat(server.effects("tea")).isEqualTo(1);

            assertThat(server.post("/basket?names=tea&names=milk", "both", "").status())
                    .isNotEqualTo(200);
            assertThat(server.post("/basket?names=tea&names=tea", "twice", "").text())
                    .contains("tea", "tea");
        }
    }

    @RestController
    @Timeout("20s")
    static class Items {

        private final JdbcTemplate jdbc;

        Items(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent
        @PostMapping("/items")
        public String add(@RequestParam("name") String name) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", name);
            return name;
        }
    }

    @RestController
    @Timeout("20s")
    static class Basket {

        private final Items items;

        Basket(Items items) {
            this.items = items;
        }

        @NotIdempotent(reason = "what it calls is")
        @PostMapping("/basket")
        public List<String> add(@RequestParam("names") List<String> names) {
            return names.stream().map(items::add).toList();
        }
    }
}
