package io.plimsoll.processor.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpublishableResultTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.stream.*;
            @EventType(name = "order.paid", version = 1) record OrderPaid(String order, Future<OrderPaid> next) {}
            """;

    @Test
    void aMethodThatReturnsNothingIsShownAtTheAnnotation() {
        Javac.Result result = Javac.compile(HEAD + """
                class Orders {
                    @Outboxed(topic = "orders")
                    void place() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error UnpublishableResult 8:5");
        assertThat(result.messages())
                .containsExactly(
                        "[UnpublishableResult] Orders.place is @Outboxed and returns nothing. What it returns is"
                                + " the event, so it would publish none. Fix: return the event from place, or call"
                                + " Outbox.publish(...) in Orders.place. See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnpublishableResult.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Void | returns nothing.",
                "CompletableFuture<OrderPaid> | returns a CompletableFuture. The event comes later",
                "CompletionStage<OrderPaid> | returns a CompletionStage",
                "Callable<OrderPaid> | returns a Callable",
                "Flow.Publisher<OrderPaid> | returns a Publisher",
                "org.reactivestreams.Publisher<OrderPaid> | returns a Publisher",
                "List<Future<OrderPaid>> | returns a Future",
                "Stream<OrderPaid> | returns a Stream. It can be read once only",
                "Iterator<OrderPaid> | returns an Iterator",
            })
    void whatIsNoEventYet(String type, String text) {
        Javac.Result result = Javac.compile(
                HEAD + "abstract class Orders { @Outboxed(topic = \"o\") abstract " + type + " a(); }",
                "package org.reactivestreams;\npublic interface Publisher<T> {}");

        assertThat(result.findings()).containsExactly("error UnpublishableResult 7:25");
        assertThat(result.messages().get(0)).contains(text);
    }

    @Test
    void aPayloadThatComesLaterIsNoneEither() {
        assertThat(Javac.compile(HEAD + "abstract class Orders { @Outboxed(topic = \"o\", payload = \"#result.next\")"
                                + " abstract OrderPaid a(); }")
                        .findings())
                .containsExactly("error UnpublishableResult 7:25");
    }

    @Test
    void whatInheritsTheAnnotationIsShownAtItsName() {
        assertThat(Javac.compile(HEAD + """
                        interface Api { @Outboxed(topic = "orders") Object place(); }
                        class Orders implements Api { public Future<OrderPaid> place() { return null; } }
                        """).findings()).containsExactly("error UnpublishableResult 8:56");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OrderPaid", "List<OrderPaid>", "Optional<OrderPaid>", "OrderPaid[]", "Object", "List<?>"})
    void whatIsThereWhenTheMethodReturnsPasses(String type) {
        assertThat(Javac.compile(HEAD + "abstract class Orders { @Outboxed(topic = \"o\") abstract " + type
                                + " a(); abstract void b(); }")
                        .findings())
                .isEmpty();
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(HEAD + "abstract class A { @SuppressWarnings(\"plimsoll:UnpublishableResult\")"
                                + " @Outboxed(topic = \"o\") abstract void a(); }")
                        .findings())
                .isEmpty();
    }
}
