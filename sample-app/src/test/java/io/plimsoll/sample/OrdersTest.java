package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ShopTest
class OrdersTest {

    @Autowired
    Shop shop;

    @Test
    void anOrderTakesFromTheStockAtTodaysPrice() {
        long mug = shop.stock("9.80", 10);
        long flag = shop.stock("15.50", 10);
        String body = "{\"customerEmail\":\"ann@example.org\",\"items\":[{\"productId\":" + flag
                + ",\"quantity\":1},{\"productId\":" + mug + ",\"quantity\":3}]}";

        shop.send("POST", "/api/v1/orders", body)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueMatches("Location", "/api/v1/orders/\\d+")
                .expectBody()
                .jsonPath("$.customerEmail")
                .isEqualTo("ann@example.org")
                .jsonPath("$.total")
                .isEqualTo(44.90)
                .jsonPath("$.paid")
                .isEqualTo(false)
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[0].unitPrice")
                .isEqualTo(9.80);
        assertThat(shop.stockOf(mug)).isEqualTo(7);
        assertThat(shop.stockOf(flag)).isEqualTo(9);
    }

    @Test
    void anOrderCanBeReadAgain() {
        long mug = shop.stock("9.80", 10);
        long id = shop.placeOrder(mug, 2);
        shop.get("/api/v1/orders/" + id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo((int) id)
                .jsonPath("$.total")
                .isEqualTo(19.60)
                .jsonPath("$.customerEmail")
                .isEmpty();
    }

    @Test
    void aProductNamedTwiceIsOneLine() {
        long mug = shop.stock("10.00", 10);
        String item = "{\"productId\":" + mug + ",\"quantity\":2}";
        shop.send("POST", "/api/v1/orders", "{\"items\":[" + item + "," + item + "]}")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.items[0].quantity")
                .isEqualTo(4);
        assertThat(shop.stockOf(mug)).isEqualTo(6);
    }

    @Test
    void whatIsNotThereIsNotSoldAndNothingElseOfThatOrder() {
        long plenty = shop.stock("10.00", 10);
        long few = shop.stock("10.00", 1);
        String body = "{\"items\":[{\"productId\":" + plenty + ",\"quantity\":1},{\"productId\":" + few
                + ",\"quantity\":2}]}";
        shop.send("POST", "/api/v1/orders", body)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("out_of_stock");
        assertThat(shop.stockOf(plenty)).isEqualTo(10);
        assertThat(shop.stockOf(few)).isEqualTo(1);
        assertThat(shop.ordersOf(plenty)).isZero();
    }

    @Test
    void theLastPiecesAreSoldOnce() {
        long sextant = shop.stock("480.00", 3);
        long sold = IntStream.range(0, 8)
                .parallel()
                .filter(customer -> shop.order(sextant, 1)
                                .returnResult(String.class)
                                .getStatus()
                                .value()
                        == 201)
                .count();
        assertThat(sold).isEqualTo(3);
        assertThat(shop.stockOf(sextant)).isZero();
        assertThat(shop.ordersOf(sextant)).isEqualTo(3);
    }
}
