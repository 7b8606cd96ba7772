package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ShopTest
class PaymentsTest {

    @Autowired
    Shop shop;

    @Test
    void aPaymentIsChargedAndRecorded() {
        long order = shop.placeOrder(shop.stock("9.80", 10), 2);
        shop.pay(order)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.orderId")
                .isEqualTo((int) order)
                .jsonPath("$.amount")
                .isEqualTo(19.60)
                .jsonPath("$.chargeId")
                .value(String.class, id -> assertThat(id).startsWith("ch_"));
        assertThat(shop.paymentsOf(order)).isOne();
        shop.get("/api/v1/orders/" + order).expectBody().jsonPath("$.paid").isEqualTo(true);
    }

    @Test
    void anOrderIsPaidOnce() {
        long order = shop.placeOrder(shop.stock("9.80", 10), 2);
        Object first =
                shop.pay(order).expectStatus().isOk().returnResult(Map.class).getResponseBody();
        Object second = shop.pay(order)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true")
                .returnResult(Map.class)
                .getResponseBody();
        assertThat(second).isEqualTo(first);
        assertThat(shop.chargesOf(order)).isOne();
        assertThat(shop.paymentsOf(order)).isOne();
    }

    @Test
    void anUnknownOrderIsNotPaid() {
        shop.pay(999_999)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("order_not_found");
    }
}
