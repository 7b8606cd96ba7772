package io.plimsoll.processor.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnversionedEventTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            import java.util.*;
            record OrderPlaced(String order) {}
            @EventType(name = "order.paid", version = 1) record OrderPaid(String order) {}
            record Order(OrderPlaced event, List<OrderPaid> paid) {}
            interface Open {}
            abstract class Base implements Open {}
            """;

    @Test
    void anEventWithoutATypeIsShownAtTheAnnotation() {
        Javac.Result result = Javac.compile(HEAD + """
                class Orders {
                    @Outboxed(topic = "orders")
                    OrderPlaced place() { return null; }
                }
                """);

        assertThat(result.findings()).containsExactly("error UnversionedEvent 10:5");
        assertThat(result.messages())
                .containsExactly(
                        "[UnversionedEvent] Orders.place publishes OrderPlaced, which has no @EventType. On the"
                                + " wire it would be called as the class is, and the next refactoring changes that under those"
                                + " who wait for it. Fix: @EventType(name = \"order.placed\", version = 1) on OrderPlaced. See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnversionedEvent.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "@Outboxed(topic = ~o~) | List<OrderPlaced> | 9:25 | Orders.a publishes OrderPlaced, which",
                "@Outboxed(topic = ~o~) | Optional<OrderPlaced> | 9:25 | publishes OrderPlaced",
                "@Outboxed(topic = ~o~) | OrderPlaced[] | 9:25 | publishes OrderPlaced",
                "@Outboxed(topic = ~o~) | Set<? extends OrderPlaced> | 9:25 | publishes OrderPlaced",
                "@Outboxed(topic = ~o~, payload = ~#result.event~) | Order | 9:58 | publishes OrderPlaced",
                "@Outboxed(topic = ~o~) | String | 9:25 | Fix: an event of its own, such as @EventType(name = ~order.placed~, version = 1) record OrderPlaced(String order) {}",
                "@Outboxed(topic = ~o~) | int | 9:25 | publishes Integer",
                "@Own | OrderPlaced | 9:25 | @EventType(name = ~order.placed~, version = 1) on OrderPlaced",
            })
    void whatAMethodPublishesIsLookedInto(String annotation, String type, String place, String text) {
        Javac.Result result = Javac.compile(HEAD + "abstract class Orders { " + annotation.replace("~", "\"")
                + " abstract " + type + " a(); }\n@Outboxed(topic = \"o\")"
                + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Own {}");

        assertThat(result.findings()).containsExactly("error UnversionedEvent " + place);
        assertThat(result.messages().get(0)).contains(text.replace("~", "\""));
    }

    @Test
    void whatInheritsTheAnnotationIsShownAtItsName() {
        assertThat(Javac.compile(HEAD + """
                        interface Api { @Outboxed(topic = "orders") Object place(); }
                        class Orders implements Api { public OrderPlaced place() { return null; } }
                        """).findings()).containsExactly("error UnversionedEvent 10:50");
    }

    @Test
    void aTypeThatIsOutboxedNeedsOneItself() {
        Javac.Result result = Javac.compile(HEAD + "@Outboxed(topic = \"orders\") record OrderLeftV2(String order) {}");

        assertThat(result.findings()).containsExactly("error UnversionedEvent 9:1");
        assertThat(result.messages().get(0))
                .contains("OrderLeftV2 is @Outboxed and has no @EventType. ")
                .contains("@EventType(name = \"order.left\", version = 1) on OrderLeftV2");
    }

    @Test
    void ofASealedTypeTheOneThatHasNoneIsNamed() {
        Javac.Result result = Javac.compile(HEAD + """
                sealed interface OrderEvent permits Good, Group {}
                @EventType(name = "good", version = 1) record Good() implements OrderEvent {}
                sealed interface Group extends OrderEvent {}
                record Bad() implements Group {}
                abstract class Orders { @Outboxed(topic = "o") abstract List<OrderEvent> place(); }
                @Outboxed(topic = "o") sealed abstract class Others permits Other {}
                final class Other extends Others {}
                """);

        assertThat(result.findings()).containsExactly("error UnversionedEvent 13:25", "error UnversionedEvent 14:1");
        assertThat(result.messages().get(0))
                .contains("Orders.place publishes OrderEvent, of which Bad has no @EventType.")
                .contains("@EventType(name = \"bad\", version = 1) on Bad");
        assertThat(result.messages().get(1)).contains("Others publishes Others, of which Other has no @EventType.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract class A { @Outboxed(topic = \"o\") abstract OrderPaid a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract Collection<OrderPaid> a(); }",
                "abstract class A { @Outboxed(topic = \"o\", payload = \"#result.paid\") abstract Order a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract Object a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract List<?> a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract List a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract Open a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract Base a(); }",
                "abstract class A { @Outboxed(topic = \"o\") abstract <T extends OrderPlaced> T a(); }",
                "abstract class A<T> { @Outboxed(topic = \"o\") abstract List<T> a(); }",
                "sealed interface E {} @EventType(name = \"f\", version = 1) record F() implements E {}"
                        + " abstract class A { @Outboxed(topic = \"o\") abstract E a(); }",
                "sealed interface E permits F {} non-sealed interface F extends E {}"
                        + " abstract class A { @Outboxed(topic = \"o\") abstract E a(); }",
                "@Outboxed(topic = \"o\") @EventType(name = \"f\", version = 1) record F() {}",
                "@Outboxed(topic = \"o\") interface F {}",
                "@EventType(name = \"f\", version = 1) record F() {} @EventType(name = \"f\", version = 2) record F2() {}",
                "abstract class A { abstract OrderPlaced a(); }",
            })
    void whatHasOneOrMayHaveOnePasses(String code) {
        assertThat(Javac.compile(HEAD.replace("class;", "") + code).findings().stream()
                        .filter(finding -> !finding.contains("rawtypes") && !finding.contains("raw type")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "@EventType(name = ' ', version = 1) record OrderLeft() {} | 9:19 | The name of OrderLeft is blank. | did you mean \"order.left\"?",
                "@EventType(name = 'a', version = 0) record OrderLeft() {} | 9:34 | The version of OrderLeft is 0. | version = 1",
                "@EventType(name = 'order.paid', version = 1) class Twice {} | 5:19 | OrderPaid and Twice are both \"order.paid\" version 1. | version = 2",
            })
    void aNameThatTellsNothingIsShownWhereItIs(String code, String place, String what, String fix) {
        Javac.Result result = Javac.compile(HEAD + code.replace("'", "\""));

        assertThat(result.findings()).contains("error UnversionedEvent " + place);
        assertThat(result.messages().get(0)).contains(what).contains(fix);
    }

    @Test
    void twoOfOneNameAreBothShown() {
        assertThat(Javac.compile(HEAD + "@EventType(name = \"order.paid\", version = 1) class Twice {}")
                        .findings())
                .containsExactly("error UnversionedEvent 5:19", "error UnversionedEvent 9:19");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(HEAD + "abstract class A { @SuppressWarnings(\"plimsoll:UnversionedEvent\")"
                                + " @Outboxed(topic = \"o\") abstract OrderPlaced a(); }")
                        .findings())
                .isEmpty();
    }
}
