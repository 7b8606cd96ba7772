package io.plimsoll.sample;

import static io.plimsoll.sample.Shop.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ShopTest
class BadInputTest {

    @Autowired
    Shop shop;

    @AfterEach
    void reset() {
        shop.send("DELETE", "/chaos", null).expectStatus().isNoContent();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            -1                     | validation_failed
            0                      | validation_failed
            1001                   | validation_failed
            2147483647             | validation_failed
            null                   | validation_failed
            2147483648             | malformed_request
            9999999999999999999999 | malformed_request
            1.5                    | malformed_request
            'many'                 | malformed_request
            []                     | malformed_request
            """)
    void quantitiesThatMakeNoSense(String quantity, String code) {
        long product = shop.stock("1.00", 5_000);
        refused(shop.send("POST", "/api/v1/orders", orderOf(product, quantity)), 400, code);
        assertThat(shop.stockOf(product)).isEqualTo(5_000);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            {}                                                        | items
            {"items":null}                                            | items
            {"items":[]}                                              | items
            {"items":[null]}                                          | items[0]
            {"items":[{}]}                                            | items[0].productId
            {"items":[{"quantity":1}]}                                | items[0].productId
            {"items":[{"productId":1}]}                               | items[0].quantity
            {"items":[{"productId":1,"quantity":1}],"customerEmail":"nobody"} | customerEmail
            """)
    void ordersWithFieldsMissingOrWrong(String body, String field) {
        long orders = shop.orders();
        refused(shop.send("POST", "/api/v1/orders", body), 400, "validation_failed")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
        assertThat(shop.orders()).isEqualTo(orders);
    }

    @Test
    void anOrderWithTooManyLines() {
        String item = "{\"productId\":1,\"quantity\":1}";
        String items = (item + ",").repeat(100) + item;
        refused(shop.send("POST", "/api/v1/orders", "{\"items\":[" + items + "]}"), 400, "validation_failed");
    }

    @Test
    void anEmailNobodyCanStore() {
        String body = "{\"items\":[{\"productId\":1,\"quantity\":1}],\"customerEmail\":\"a\\u0000@example.org\"}";
        refused(shop.send("POST", "/api/v1/orders", body), 400, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":", "nonsense", "[]", "\"\"", "42", "{\"items\":{}}", ""})
    void bodiesThatCannotBeRead(String body) {
        refused(shop.send("POST", "/api/v1/orders", body), 400, "malformed_request");
    }

    @Test
    void aBodyOfAnotherType() {
        ResponseSpec response = shop.http()
                .post()
                .uri("/api/v1/orders")
                .contentType(MediaType.TEXT_PLAIN)
                .body("two mugs please")
                .exchange();
        refused(response, 415, "unsupported_media_type");
    }

    @Test
    void aProductNobodyKnows() {
        refused(shop.order(999_999, 1), 404, "product_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/orders/999999, 404, order_not_found",
        "GET, /api/v1/orders/-1, 404, order_not_found",
        "GET, /api/v1/orders/abc, 400, malformed_request",
        "GET, /api/v1/orders/99999999999999999999, 400, malformed_request",
        "GET, /api/v1/products/999999, 404, product_not_found",
        "GET, /api/v1/products/1.5, 400, malformed_request",
        "POST, /api/v1/orders/abc/payment, 400, malformed_request",
        "GET, /api/v1/orders/1/payment, 405, method_not_allowed",
        "DELETE, /api/v1/orders/1, 405, method_not_allowed",
        "GET, /api/v1/carts, 404, not_found",
        "GET, /, 404, not_found",
        "GET, /error, 404, not_found",
    })
    void addressesThatLeadNowhere(String method, String uri, int status, String code) {
        refused(shop.send(method, uri, null), status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "5", "-1s", "61s", "1h", "P1Y", "99999999999999999999s"})
    void delaysThatAreNone(String delay) {
        for (String part : new String[] {"database", "payment"}) {
            refused(shop.send("PUT", "/chaos/" + part, "{\"delay\":\"" + delay + "\"}"), 400, "validation_failed")
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("delay");
        }
    }

    @Test
    void aFailureInsideTellsNothingAboutTheInside() {
        shop.execute("ALTER TABLE products RENAME TO products_gone");
        try {
            byte[] body = refused(shop.get("/api/v1/products/1"), 500, "internal_error")
                    .returnResult()
                    .getResponseBodyContent();
            assertThat(new String(body)).doesNotContain("products_gone", "SQL", "Exception", "relation", "trace");
        } finally {
            shop.execute("ALTER TABLE products_gone RENAME TO products");
        }
    }

    private static BodyContentSpec refused(ResponseSpec response, int status, String code) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.trace")
                .doesNotExist();
    }
}
