package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** The budgets are 2 s (orders) and 1 s (payment), the delay 5 s: an answer well before that is an answer in time. */
@ShopTest
class BudgetsTest {

    private static final Duration WELL_BEFORE_THE_DELAY = Duration.ofSeconds(4);

    @Autowired
    Shop shop;

    @AfterEach
    void reset() {
        shop.send("DELETE", "/chaos", null).expectStatus().isNoContent();
    }

    @Test
    void aSlowDatabaseCostsOneAnswerAndNothingElse() throws Exception {
        long product = shop.stock("10.00", 10);
        slow("database");

        cutInTime(() -> shop.order(product, 1));
        assertThat(shop.stockOf(product)).isEqualTo(10);
        assertThat(shop.ordersOf(product)).isZero();
        await().until(() -> shop.connectionsInUse() == 0);

        reset();
        shop.placeOrder(product, 1);
        assertThat(shop.stockOf(product)).isEqualTo(9);
    }

    @Test
    void aSlowDatabaseUnderLoadLeavesAHealthyPool() throws Exception {
        long product = shop.stock("10.00", 100);
        slow("database");
        // More callers than the pool has connections.
        IntStream.range(0, 15).parallel().forEach(caller -> cutInTime(() -> shop.order(product, 1)));
        await().until(() -> shop.connectionsInUse() == 0);
        assertThat(shop.stockOf(product)).isEqualTo(100);

        reset();
        for (int i = 0; i < 20; i++) {
            shop.placeOrder(product, 1);
        }
        assertThat(shop.stockOf(product)).isEqualTo(80);
    }

    @Test
    void aSlowGatewayLeavesTheOrderUnpaid() {
        long order = shop.placeOrder(shop.stock("10.00", 10), 1);
        slow("payment");

        cutInTime(() -> shop.pay(order));
        assertThat(shop.paymentsOf(order)).isZero();
        assertThat(shop.chargesOf(order))
                .as("nobody listens any more, and the money has moved")
                .isOne();

        reset();
        shop.pay(order).expectStatus().isOk();
        assertThat(shop.paymentsOf(order)).isOne();
        assertThat(shop.chargesOf(order)).as("charged once").isOne();
    }

    /** One byte every 100 ms: no read timeout sees it. */
    @Test
    void aGatewayThatDripsIsCutAsWell() {
        long order = shop.placeOrder(shop.stock("10.00", 10), 1);
        slow("payment", "{\"delay\":\"5s\",\"drip\":true}");

        cutInTime(() -> shop.pay(order))
                .expectBody()
                .jsonPath("$.setBy")
                .isEqualTo("PaymentController.pay")
                .jsonPath("$.in")
                .value(String.class, in -> assertThat(in).startsWith("an HTTP call to localhost"));
        assertThat(shop.paymentsOf(order)).isZero();

        reset();
        shop.pay(order).expectStatus().isOk();
    }

    private void slow(String part) {
        slow(part, "{\"delay\":\"5s\"}");
    }

    private void slow(String part, String slowness) {
        shop.send("PUT", "/chaos/" + part, slowness)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$." + part)
                .isEqualTo("5s");
    }

    private static ResponseSpec cutInTime(Supplier<ResponseSpec> call) {
        long start = System.nanoTime();
        ResponseSpec response = call.get();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        response.expectStatus()
                .isEqualTo(504)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("timeout_exceeded");
        assertThat(elapsed).isLessThan(WELL_BEFORE_THE_DELAY);
        return response;
    }
}
