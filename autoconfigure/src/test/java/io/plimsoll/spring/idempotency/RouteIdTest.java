package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.idempotency.store.RecordId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.accept.ApiVersionHolder;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of what the id of a request's call is made, bytes and all: every instance must come to the same, whatever objects it
 * finds in the request.
 */
class RouteIdTest {

    private static final IdempotentMethod METHOD = new IdempotentMethod(
            "Orders.place",
            "Orders.place()",
            "shop",
            null,
            null,
            null,
            Duration.ofHours(1),
            Mode.TRANSACTIONAL,
            Duration.ofSeconds(30),
            OnLost.UNKNOWN,
            null,
            OnDuplicate.REJECT,
            Duration.ZERO);

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void applicationRouteUserAndKeyAndNothingElse() {
        byte[] expected = new StableDigest()
                .add("shop")
                .add("route")
                .addAbsent()
                .add("POST")
                .add("/orders/{id}")
                .addAbsent()
                .addAbsent()
                .add("Orders.place()")
                .add("k-1")
                .sum();

        assertThat(idUnder(ApiVersionHolder.EMPTY)).isEqualTo(new RecordId(expected));
        assertThat(idUnder(null)).isEqualTo(new RecordId(expected));
    }

    @Test
    void aVersionCountsByItsText() {
        SemanticApiVersionParser parser = new SemanticApiVersionParser();

        RecordId first = idUnder(ApiVersionHolder.fromVersion(parser.parseVersion("1.2")));

        assertThat(idUnder(ApiVersionHolder.fromVersion(parser.parseVersion("1.2"))))
                .isEqualTo(first);
        assertThat(idUnder(ApiVersionHolder.fromVersion(parser.parseVersion("1.3"))))
                .isNotEqualTo(first);
    }

    @Test
    void aVersionWithoutAStableTextDoesNotCount() {
        assertThat(idUnder(ApiVersionHolder.fromVersion(new Opaque()))).isEqualTo(idUnder(null));
    }

    private static RecordId idUnder(@Nullable ApiVersionHolder version) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders/7");
        request.addHeader("Idempotency-Key", "k-1");
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/orders/{id}");
        request.setAttribute(HandlerMapping.API_VERSION_ATTRIBUTE, version);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        return new RequestCallSource(METHOD, Set.of(), 1000, null, JsonMapper.shared())
                .identify(new Object[0])
                .id();
    }

    private static final class Opaque implements Comparable<Opaque> {

        @Override
        public int compareTo(Opaque other) {
            return 0;
        }
    }
}
