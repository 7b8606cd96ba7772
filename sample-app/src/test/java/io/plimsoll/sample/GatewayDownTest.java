package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

@ShopTest
@TestPropertySource(properties = "shop.payment.gateway-url=http://localhost:1")
class GatewayDownTest {

    @Autowired
    Shop shop;

    @Test
    void aPaymentThatCannotBeChargedIsNotRecorded() {
        long order = shop.placeOrder(shop.stock("9.80", 10), 2);
        shop.pay(order)
                .expectStatus()
                .isEqualTo(502)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("payment_failed");
        assertThat(shop.paymentsOf(order)).isZero();
    }
}
