package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code #result} and {@code #event}: what is said where they are not there, or not what was thought. */
class KeyVariablesTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            import java.util.*;
            @EventType(name = "placed", version = 1) record Placed(String order, double total) {}
            record Order(String id, List<Placed> events) {}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "key = ~#event.ordr~ | Placed a(int n) | UnresolvableKey | Placed has no property ordr. | did you mean \"#event.order\"?",
                "key = ~#evnt.order~ | Placed a(int n) | UnresolvableKey | a has no parameter evnt. | did you mean \"#event.order\"?",
                "key = ~#zzzzz~ | Placed a(int n) | UnresolvableKey | a has no parameter zzzzz. | one of #n, #result, #event",
                "key = ~#result.order~ | List<Placed> a() | UnresolvableKey | List has no property order | Fix:",
                "key = ~#event.total~ | Placed a() | UnstableKey | #event.total is of type double | an integral number or a text",
                "key = ~#event~ | List<Placed> a() | UnstableKey | #event.total is of type double | text",
                "payload = ~#event~ | Placed a() | UnresolvableKey | #event does not exist yet: this expression says what it is. | \"#result\"",
                "payload = ~null~ | Placed a() | UnresolvableKey | null is null, always. | \"#result\"",
                "key = ~#event.order~ | Placed a(Placed event) | UnresolvableKey | #event is a parameter of a, and also the event that it publishes. | rename the parameter",
                "key = ~#result.order~ | Placed a(Placed result) | UnresolvableKey | #result is a parameter of a, and also what it returns. | rename the parameter",
                "payload = ~#result.events~, key = ~#event.id~ | Order a() | UnresolvableKey | Placed has no property id. | Fix:",
            })
    void whatIsWrongOnAMethod(String attribute, String method, String rule, String what, String fix) {
        Javac.Result result = Javac.compile(HEAD + "abstract class Orders { @Outboxed(topic = \"orders\", "
                + attribute.replace("'", "\"").replace("~", "\"") + ") abstract " + method + "; }");

        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().get(0)).startsWith("error " + rule + " 6:");
        assertThat(result.messages().get(0)).contains(what).contains(fix);
    }

    @Test
    void thereIsNoResultOfAMethodThatReturnsNothing() {
        assertThat(Javac.compile(HEAD + """
                        abstract class Orders {
                            @Outboxed(topic = "orders", key = "#result.id") abstract void place();
                        }
                        """).messages()).anySatisfy(message -> assertThat(message)
                .startsWith("[UnresolvableKey] key \"#result.id\": There is no #result, since place returns"
                        + " nothing. It could not be evaluated, and the call would fail after the method has"
                        + " run. Fix: return the event from place, or call Outbox.publish(...) in it."));
    }

    @Test
    void aPayloadThatIsRefusedIsToldOnce() {
        assertThat(Javac.compile(HEAD + """
                        abstract class Orders {
                            @Outboxed(topic = "orders", payload = "#result.evnts", key = "#event.order")
                            abstract Order place();
                        }
                        """).findings()).containsExactly("error UnresolvableKey 7:43");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "key = ~#result.order~ | There is no #result on a type, which is given to the publisher and returned by no method. | \"#event\", which is the Paid",
                "key = ~#order~ | There is no #order on Paid. | one of #event",
                "key = ~#event.ordr~ | Paid has no property ordr. | did you mean \"#event.order\"?",
                "payload = ~#event~ | payload is of what a method returns, and Paid is no method: it is the event itself. | delete payload",
            })
    void whatIsWrongOnAType(String attribute, String what, String fix) {
        Javac.Result result = Javac.compile(HEAD + "@Outboxed(topic = \"orders\", " + attribute.replace("~", "\"")
                + ") @EventType(name = \"paid\", version = 1) record Paid(String order) {}");

        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().get(0)).startsWith("error UnresolvableKey 6:");
        assertThat(result.messages().get(0)).contains(what).contains(fix).contains("could not be published");
    }

    @Test
    void aKeyThatOrdersEventsMayBeOneForAllAndLeaveOutATenant() {
        assertThat(Javac.compile(HEAD + """
                        abstract class Orders {
                            @Outboxed(topic = "orders", key = "'all'")
                            abstract Placed a(@io.plimsoll.key.KeyPart String tenant);
                            @Outboxed(topic = "orders", key = "#a + #b") abstract Placed b(String a, String b);
                        }
                        """).findings()).isEmpty();
    }

    @Test
    void anEventInAKeyOfAnotherSortDoesNotExistYet() {
        assertThat(Javac.compile(HEAD
                                + "abstract class Orders { @io.plimsoll.idempotency.Idempotent(key = \"#event.id\")"
                                + " abstract Placed a(int n); }")
                        .messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("#event does not exist yet: the key is needed before the method runs");
    }
}
