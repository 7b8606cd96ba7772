package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

/** One key, one order. */
@ShopTest
class RepeatedOrdersTest {

    @Autowired
    Shop shop;

    @Test
    void aRepeatedOrderIsPlacedOnceAndAnsweredTheSame() {
        long mug = shop.stock("9.80", 10);
        String key = UUID.randomUUID().toString();

        EntityExchangeResult<String> first = order(Shop.orderOf(mug, 2), key);
        EntityExchangeResult<String> again = order(Shop.orderOf(mug, 2), key);

        assertThat(first.getStatus().value()).isEqualTo(201);
        assertThat(first.getResponseHeaders().containsHeader("Idempotency-Replayed"))
                .isFalse();
        assertThat(again.getStatus()).isEqualTo(first.getStatus());
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(again.getResponseHeaders().getLocation())
                .isEqualTo(first.getResponseHeaders().getLocation());
        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(shop.ordersOf(mug)).isEqualTo(1);
        assertThat(shop.stockOf(mug)).isEqualTo(8);
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        long mug = shop.stock("9.80", 10);
        String key = UUID.randomUUID().toString();
        order("{\"customerEmail\":\"ann@example.org\",\"items\":[{\"productId\":" + mug + ",\"quantity\":1}]}", key);

        EntityExchangeResult<String> again = order(
                "{ \"items\": [ {\"quantity\": 1, \"productId\": " + mug
                        + "} ],  \"customerEmail\": \"ann@example.org\" }",
                key);

        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(shop.ordersOf(mug)).isEqualTo(1);
    }

    @Test
    void aKeyDoesNotFitAnotherOrder() {
        long mug = shop.stock("9.80", 10);
        String key = UUID.randomUUID().toString();
        order(Shop.orderOf(mug, 1), key);

        assertThat(problem(order(Shop.orderOf(mug, 2), key), 409)).contains("\"code\":\"idempotency_key_reused\"");
        assertThat(shop.ordersOf(mug)).isEqualTo(1);
    }

    @Test
    void anOrderNeedsAKey() {
        long mug = shop.stock("9.80", 10);

        assertThat(problem(order(Shop.orderOf(mug, 2), null), 400)).contains("\"code\":\"idempotency_key_missing\"");
        assertThat(shop.ordersOf(mug)).isZero();
    }

    @Test
    void anOrderThatFailedMayBeRepeatedWithItsKey() {
        long mug = shop.stock("9.80", 1);
        String key = UUID.randomUUID().toString();
        assertThat(problem(order(Shop.orderOf(mug, 2), key), 409)).contains("out_of_stock");

        shop.execute("UPDATE products SET stock = 5 WHERE id = " + mug);

        assertThat(order(Shop.orderOf(mug, 2), key).getStatus().value()).isEqualTo(201);
    }

    @Test
    void manyAtOnceAreOne() {
        long mug = shop.stock("9.80", 100);
        String key = UUID.randomUUID().toString();

        Map<Integer, Long> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(
                        customer -> order(Shop.orderOf(mug, 1), key).getStatus().value())
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));

        assertThat(answers.keySet()).isSubsetOf(List.of(201, 409)).contains(201);
        assertThat(shop.ordersOf(mug)).isEqualTo(1);
        assertThat(shop.stockOf(mug)).isEqualTo(99);
    }

    private static String problem(EntityExchangeResult<String> answer, int status) {
        assertThat(answer.getStatus().value()).isEqualTo(status);
        assertThat(answer.getResponseHeaders().getContentType()).hasToString("application/problem+json");
        return String.valueOf(answer.getResponseBody());
    }

    private EntityExchangeResult<String> order(String body, @Nullable String key) {
        return shop.send("POST", "/api/v1/orders", body, key).returnResult(String.class);
    }
}
