package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreplayableResultTest {

    private static final List<String> STAND_INS = List.of(
            "package jakarta.persistence;\n@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)\n"
                    + "public @interface Entity {}",
            "package org.reactivestreams;\npublic interface Publisher<T> {}",
            "package reactor.core.publisher;\npublic abstract class Mono<T> implements org.reactivestreams.Publisher<T> {}",
            "package org.springframework.web.servlet.mvc.method.annotation;\npublic class ResponseBodyEmitter {}",
            "package org.springframework.web.servlet.mvc.method.annotation;\n"
                    + "public class SseEmitter extends ResponseBodyEmitter {}",
            "package org.springframework.web.servlet.mvc.method.annotation;\npublic interface StreamingResponseBody {}");

    private static Javac.Result compile(String method) {
        String service = """
                package com.acme;
                import io.plimsoll.idempotency.*;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.stream.*;
                import org.springframework.http.*;
                @jakarta.persistence.Entity class Account {}
                record View(String id) {}
                class Service<E> {
                """ + method + "}\n";
        return Javac.compile(java.util.stream.Stream.concat(STAND_INS.stream(), java.util.stream.Stream.of(service))
                .toArray(String[]::new));
    }

    private static Javac.Result returning(String type) {
        return compile("    @Idempotent(key = \"#id\")\n    " + type + " place(int id) { return null; }\n");
    }

    @Test
    void itIsShownAtTheMethod() {
        Javac.Result result = returning("Stream<String>");

        assertThat(result.findings()).containsExactly("error UnreplayableResult 11:20");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[UnreplayableResult] Service.place is @Idempotent and returns a Stream. It is not a value: what"
                                + " it will deliver is not there when the method returns, so a repeated call would get no"
                                + " answer. Fix: return the value itself, or a record of what a client needs. See: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Iterator<String> | a Iterator",
                "reactor.core.publisher.Mono<View> | a Mono",
                "org.reactivestreams.Publisher<View> | a Publisher",
                "Flow.Publisher<View> | a Publisher",
                "org.springframework.web.servlet.mvc.method.annotation.SseEmitter | a SseEmitter",
                "ResponseEntity<org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody> | a StreamingResponseBody",
                "org.springframework.web.context.request.async.DeferredResult<View> | a DeferredResult",
                "Callable<View> | a Callable",
                "CompletableFuture<View> | a CompletableFuture",
                "CompletionStage<View> | a CompletionStage",
                "java.io.ByteArrayInputStream | a ByteArrayInputStream",
                "java.io.Reader | a Reader",
                "ResponseEntity<org.springframework.core.io.Resource> | a Resource",
                "Account | the entity Account",
                "Account[] | the entity Account",
                "Optional<Account> | the entity Account",
                "ResponseEntity<List<Account>> | the entity Account",
                "Map<String, ? extends Account> | the entity Account",
                "Object | an Object",
                "List<Object> | an Object",
                "ResponseEntity<?> | ?, which may be anything",
                "ResponseEntity | a raw ResponseEntity",
                "List | a raw List",
                "ArrayList | a raw ArrayList",
                "E | the type variable E",
                "<X> List<X> | the type variable X",
            })
    void whatCannotBeRecordedIsNamed(String type, String what) {
        assertThat(returning(type).messages().stream().filter(each -> each.startsWith("[")))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[UnreplayableResult] Service.place is @Idempotent and returns " + what + ". ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "View",
                "String",
                "Void",
                "ResponseEntity<View>",
                "HttpEntity<List<View>>",
                "ResponseEntity<Void>",
                "Optional<View>",
                "Map<String, List<? extends View>>",
                "View[]",
                "byte[]",
                "Iterable<View>",
            })
    void whatCanBeRecordedIsFine(String type) {
        assertThat(returning(type).findings()).isEmpty();
    }

    @Test
    void nothingIsEasilyRecordedAndWithoutAPromiseAnythingGoes() {
        assertThat(compile(
                                "@Idempotent(key = \"#id\") void a(int id) {} @Idempotent(key = \"#id\") int b(int id) { return 1; }"
                                        + " Stream<String> c() { return null; }")
                        .findings())
                .isEmpty();
    }

    @Test
    void whatDoesNotExistIsTheCompilersBusiness() {
        assertThat(returning("List<Missing>").messages()).noneMatch(message -> message.startsWith("["));
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(compile("@SuppressWarnings(\"plimsoll:UnreplayableResult\") @Idempotent(key = \"#id\")"
                                + " Object a(int id) { return null; }")
                        .findings())
                .isEmpty();
    }
}
