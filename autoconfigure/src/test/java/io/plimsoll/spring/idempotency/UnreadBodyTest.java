package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests as they come over HTTP/2, which says neither how long a body is nor that there is one. */
class UnreadBodyTest {

    @Test
    void aBodyOfUnknownLengthThatNobodyReadIsNotComparedAsNone() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
        request.setContentType("application/json");

        assertThatThrownBy(() -> RequestPayload.addTo(new StableDigest(), request, "Shop.order", 1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Shop.order")
                .hasMessageContaining("@RequestBody");
    }

    @Test
    void withoutABodyThereIsNothingToCompare() {
        MockHttpServletRequest unknown = new MockHttpServletRequest("POST", "/orders");
        MockHttpServletRequest empty = new MockHttpServletRequest("POST", "/orders");
        empty.setContentType("application/json");
        empty.setContent(new byte[0]);

        assertThatCode(() -> RequestPayload.addTo(new StableDigest(), unknown, "Shop.order", 1000))
                .doesNotThrowAnyException();
        assertThatCode(() -> RequestPayload.addTo(new StableDigest(), empty, "Shop.order", 1000))
                .doesNotThrowAnyException();
    }
}
