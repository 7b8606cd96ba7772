package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.timeout.Deadline;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Proof 7 of the protocol: what is believed of a header, and from whom. */
class IncomingBudgetTest {

    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(1), Duration.ofSeconds(1), cut -> {});
    private final IncomingBudget incoming = new IncomingBudget(
            watchdog,
            new TrustedPeers(List.of("10.0.0.0/8", "127.0.0.1", "fd00::/8", "::1", "192.168.4.0/22")),
            Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        watchdog.close();
    }

    @Test
    void millisecondsThatAreLeft() {
        assertThat(incoming.of("10.1.2.3", List.of("1500")).remainingNanos())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofMillis(1500).toNanos());
    }

    @Test
    void moreThanTheServerGrantsIsClamped() {
        assertThat(incoming.of("10.1.2.3", List.of("999999999999")).remainingNanos())
                .isLessThanOrEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void aCallerWhoHasGone() {
        assertThat(incoming.of("10.1.2.3", List.of("0")).remainingNanos()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-5", "+5", "1.5", "1e3", "5s", "0x10", "1500,1500", "١٢٣", "99999999999999999999"})
    void garbageIsIgnored(String value) {
        assertThat(incoming.of("10.1.2.3", List.of(value))).isNull();
    }

    @Test
    void noneAndSeveralAreIgnored() {
        assertThat(incoming.of("10.1.2.3", List.of())).isNull();
        assertThat(incoming.of("10.1.2.3", List.of("100", "200"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.255.255.255, true",
        "11.0.0.1, false",
        "127.0.0.1, true",
        "127.0.0.2, false",
        "192.168.7.255, true",
        "192.168.8.0, false",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "0:0:0:0:0:0:0:1%lo, true",
        "::ffff:10.0.0.1, true",
        "::ffff:11.0.0.1, false",
        "fd12:3456::1, true",
        "fe80::1, false",
        "localhost, false",
        "'', false",
    })
    void onlyTrustedPeersAreBelieved(String peer, boolean trusted) {
        assertThat(incoming.of(peer, List.of("1500")) != null).isEqualTo(trusted);
    }

    @Test
    void aPeerThatIsNotKnownIsNotTrusted() {
        assertThat(incoming.of(null, List.of("1500"))).isNull();
    }

    @Test
    void onlyNamedHostsAreTold() {
        WireHeader header = new WireHeader(List.of("payments", "*.internal"));
        Terms terms = incoming.of("10.1.2.3", List.of("1500"));

        assertThat(told(header, terms, "http://payments:8080/x")).isNotNull();
        assertThat(told(header, terms, "https://Stock.Internal/x")).isNotNull();
        assertThat(told(header, terms, "https://example.org/x")).isNull();
        assertThat(told(header, terms, "https://internal.example.org/x")).isNull();
    }

    /** Zero would say that nobody waits any more. */
    @Test
    void lessThanAMillisecondThatIsLeftIsOne() {
        Terms terms = incoming.of("10.1.2.3", List.of("0"));

        assertThat(told(new WireHeader(List.of("*")), terms, "http://payments/"))
                .isEqualTo("1");
    }

    /** A filter before ours says what a forwarding header says. */
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 11.0.0.1, , true",
        "11.0.0.1, 10.1.2.3, , false",
        "10.1.2.3, 10.1.2.3, X-Forwarded-For, false",
        "10.1.2.3, 10.1.2.3, Forwarded, false",
    })
    void theConnectionCountsAndWhatWasForwardedIsNotBelieved(
            String connection, String claimed, String header, boolean believed) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(connection);
        request.addHeader("Plimsoll-Budget", "1500");
        if (header != null) {
            request.addHeader(header, "for=10.1.2.3");
        }
        AtomicBoolean capped = new AtomicBoolean();

        new WireFilter(incoming, true, WireReport.NONE)
                .doFilter(
                        new ForwardedHeaderRemovingRequest(request, claimed),
                        new MockHttpServletResponse(),
                        (any, answer) -> capped.set(Deadline.current().isPresent()));

        assertThat(capped.get()).isEqualTo(believed);
    }

    /** As Spring's filter makes one. */
    private static final class ForwardedHeaderRemovingRequest extends HttpServletRequestWrapper {

        private final String claimed;

        ForwardedHeaderRemovingRequest(HttpServletRequest request, String claimed) {
            super(request);
            this.claimed = claimed;
        }

        @Override
        public String getRemoteAddr() {
            return claimed;
        }

        @Override
        public String getHeader(String name) {
            return name.contains("Forwarded") ? null : super.getHeader(name);
        }
    }

    /** Its caller waits until the other thread has answered. */
    @Test
    void aRequestThatIsAnsweredLaterHasEndedThen() throws Exception {
        List<Boolean> late = new ArrayList<>();
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        request.addHeader("Plimsoll-Budget", "50");

        new WireFilter(incoming, false, late::add)
                .doFilter(request, new MockHttpServletResponse(), (any, answer) -> any.startAsync());
        assertThat(late).isEmpty();
        Timed.burn(Duration.ofMillis(100));
        request.getAsyncContext().complete();
        request.getAsyncContext().complete(); // Tomcat says it twice after a timeout.

        assertThat(late).containsExactly(true);
    }

    @Test
    void aCapIsNotWatchedButBudgetsEndWithIt() {
        Terms terms = incoming.of("10.1.2.3", List.of("1500"));
        Deadline before = terms.bindAsCap();
        try {
            assertThat(Deadline.current()).containsSame(terms);
            assertThat(Budget.ofThread()).isNull();
        } finally {
            Terms.unbindCap(before);
        }
        assertThat(Deadline.current()).isEmpty();
    }

    private static String told(BudgetHeader header, BudgetTerms terms, String uri) {
        HttpHeaders headers = new HttpHeaders();
        header.write(URI.create(uri), terms, headers);
        return headers.getFirst(BudgetHeader.NAME);
    }
}
