package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is told of an order, and who is not. */
@ShopTest
class EventsTest {

    @Autowired
    Shop shop;

    private String order(String address, long product, int quantity) {
        return "{\"customerEmail\":\"" + address + "\",\"items\":[{\"productId\":" + product + ",\"quantity\":"
                + quantity + "}]}";
    }

    @Test
    void anOrderIsCountedAndThankedForOnceHoweverOftenItIsSent() {
        long mug = shop.stock("9.80", 10);
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) {
            shop.send("POST", "/api/v1/orders", order("once@example.org", mug, 2), key)
                    .expectStatus()
                    .isCreated();
        }
        await().until(() -> shop.waitingEvents() == 0);

        assertThat(shop.soldOf(mug)).isEqualTo(2);
        assertThat(shop.mailsTo("once@example.org")).isEqualTo(1);
    }

    @Test
    void anOrderThatFailsIsNoEvent() {
        long plenty = shop.stock("9.80", 10);
        shop.send("POST", "/api/v1/orders", order("never@example.org", plenty, 11))
                .expectStatus()
                .isEqualTo(409);
        shop.send("POST", "/api/v1/orders", order("after@example.org", plenty, 1))
                .expectStatus()
                .isCreated();
        await().until(() -> shop.mailsTo("after@example.org") == 1);

        assertThat(shop.soldOf(plenty)).isEqualTo(1);
        assertThat(shop.mailsTo("never@example.org")).isZero();
    }

    @Test
    void whatWaitsIsSeenAtTheActuator() {
        shop.get("/actuator/plimsolloutbox")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state.deadLetters")
                .isEqualTo(0)
                .jsonPath("$.letters.length()")
                .isEqualTo(0);
        shop.http()
                .post()
                .uri("/actuator/plimsolloutbox/no-id")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
