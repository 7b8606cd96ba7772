package io.plimsoll.processor.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictingPromisesTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import io.plimsoll.timeout.*;
            import java.util.concurrent.*;
            import org.springframework.cache.annotation.*;
            import org.springframework.http.ResponseEntity;
            import org.springframework.scheduling.annotation.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.service.annotation.*;
            @Cacheable("c") @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Cached {}
            """;

    private static Javac.Result compile(String code) {
        return Javac.compile(
                List.of("-Aplimsoll.rule.MissingTimeout=off", "-Aplimsoll.rule.UnreplayableResult=off"),
                HEAD + code,
                "package org.reactivestreams;\npublic interface Publisher<T> {}",
                "package reactor.core.publisher;\npublic abstract class Mono<T> implements org.reactivestreams.Publisher<T> {}");
    }

    @Test
    void aPromiseAndItsOptOutAreShownAtTheOptOut() {
        Javac.Result result = compile("""
                interface Api { @Idempotent(key = "#a") void c(int a); }
                class Orders implements Api {
                    @Idempotent(key = "#a")
                    @NotIdempotent(reason = "or is it")
                    void a(int a) {}
                    @NotIdempotent(reason = "or is it") public void c(int a) {}
                }
                """);

        assertThat(result.findings())
                .containsExactly("error ConflictingPromises 14:5", "error ConflictingPromises 16:5");
        assertThat(result.messages().get(0))
                .isEqualTo("[ConflictingPromises] Orders.a carries both @Idempotent and @NotIdempotent. Nobody can tell"
                        + " which of them holds. Fix: delete one of the two. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/ConflictingPromises.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Timeout(\"2s\") @NoTimeout(reason = \"r\") class Orders {} | Orders carries both @Timeout and"
                        + " @NoTimeout. The budget holds | 11:16",
                "@NoTimeout(reason = \"r\") @Timeout(\"2s\") interface Orders {} | Orders carries both | 11:1",
                "class Orders { @Timeout(\"2s\") @NoTimeout(reason = \"r\") void a() {} } | Orders.a carries both | 11:31",
                "class Orders { @Idempotent(key = \"#i\") @Cacheable(\"c\") public int a(int i) { return i; } }"
                        + " | Orders.a carries both @Idempotent and @Cacheable. An answer from the cache | 11:40",
                "class Orders { @Cached @Idempotent(key = \"#i\") public int a(int i) { return i; } }"
                        + " | Orders.a carries both @Idempotent and @Cacheable | 11:16",
            })
    void whatContradictsEachOtherIsShown(String code, String what, String place) {
        Javac.Result result = compile(code);

        assertThat(result.findings()).containsExactly("error ConflictingPromises " + place);
        assertThat(result.messages().get(0)).startsWith("[ConflictingPromises] " + what);
    }

    @Test
    void aPackageCannotHaveBoth() {
        Javac.Result result = Javac.compile(
                "@io.plimsoll.timeout.Timeout(\"2s\") @io.plimsoll.timeout.NoTimeout(reason = \"r\") package com.acme;");

        assertThat(result.findings()).containsExactly("error ConflictingPromises 1:36");
        assertThat(result.messages().get(0)).contains("Package com.acme carries both @Timeout and @NoTimeout.");
    }

    @Test
    void anInheritedPairIsShownWhereItIsMade() {
        assertThat(compile("""
                                interface Api {
                                    @Idempotent(key = "#a") @Cacheable("c") int both(int a);
                                    @Idempotent(key = "#a") int one(int a);
                                }
                                interface Reads { @Cacheable("c") int one(int a); }
                                class Orders implements Api, Reads {
                                    public int both(int a) { return a; }
                                    public int one(int a) { return a; }
                                }
                                """).findings())
                .containsExactly("error ConflictingPromises 12:29", "error ConflictingPromises 18:16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Timeout(\"2s\") class A { @NoTimeout(reason = \"r\") void a() {} }",
                "interface I { @Timeout(\"2s\") void a(); } class A implements I { @NoTimeout(reason = \"r\") public void a() {} }",
                "class A { @Idempotent(key = \"#i\") @CachePut(\"c\") public int a(int i) { return i; } }",
                "class A { @Idempotent(key = \"#i\") @CacheEvict(\"c\") public int a(int i) { return i; } }",
                "class A { @Idempotent(key = \"#i\") public int a(int i) { return i; } @Cacheable(\"c\") public int b(int i) { return i; } }",
                "class A { @Timeout(\"2s\") @Cacheable(\"c\") public int a(int i) { return i; } }",
                "class A { @Timeout(\"2s\") @Idempotent(key = \"#i\") public int a(int i) { return i; } }",
                "@Timeout(\"2s\") @NoTimeout(reason = \"r\") @interface Own {}",
            })
    void whatGoesTogetherIsFine(String code) {
        assertThat(compile(code).findings()).isEmpty();
    }

    @Test
    void aBudgetForWorkThatGoesOnIsShownAtTheBudget() {
        Javac.Result result = compile("""
                class Orders {
                    @Timeout("2s") public Future<String> place() { return null; }
                }
                """);

        assertThat(result.findings()).containsExactly("error ConflictingPromises 12:5");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[ConflictingPromises] @Timeout covers Orders.place, which returns a Future. Its work goes on"
                                + " after it has returned, where no budget reaches it, and the application would not start. Fix:"
                                + " a CompletionStage, Mono or Flux as the result; or @Timeout on the blocking method that does the work, and @NoTimeout(reason = \"...\") on this"
                                + " one. See: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Callable<String>",
                "ResponseEntity<CompletableFuture<String>>",
                "ResponseEntity<reactor.core.publisher.Mono<String>>",
                "ResponseEntity<Callable<String>>",
                "<F extends Future<String>> F",
                "org.springframework.web.context.request.async.DeferredResult<String>",
            })
    void whateverStandsForWorkCounts(String type) {
        assertThat(compile("class A { @Timeout(\"2s\") public " + type + " a() { return null; } }")
                        .findings())
                .containsExactly("error ConflictingPromises 11:11");
    }

    /** It can be watched, cancelled and replaced. */
    @ParameterizedTest
    @ValueSource(
            strings = {"CompletableFuture<String>", "CompletionStage<String>", "reactor.core.publisher.Mono<String>"})
    void workThatABudgetBoundsDoesNot(String type) {
        assertThat(compile("class A { @Timeout(\"2s\") public " + type + " a() { return null; } }")
                        .findings())
                .isEmpty();
    }

    @Test
    void aBudgetFurtherOutIsShownAtTheMethod() {
        assertThat(compile("""
                                @RestController @Timeout("2s") class A {
                                    @GetMapping("/a") Future<String> a() { return null; }
                                    public Future<String> b() { return null; }
                                    Future<String> c() { return null; }
                                    @GetMapping("/d") @NoTimeout(reason = "r") Future<String> d() { return null; }
                                }
                                @HttpExchange @Timeout("2s") interface Client { @GetExchange("/a") Future<String> a(); }
                                interface Api { @Timeout("2s") Object e(); @Timeout("2s") Future<String> f(); }
                                class Impl implements Api {
                                    public Future<String> e() { return null; }
                                    public Future<String> f() { return null; }
                                }
                                """).findings())
                .containsExactly(
                        "error ConflictingPromises 12:38",
                        "error ConflictingPromises 13:27",
                        "error ConflictingPromises 17:83",
                        "error ConflictingPromises 18:44",
                        "error ConflictingPromises 20:27");
    }

    @Test
    void aBudgetOfAPackageCoversEntryPoints() {
        assertThat(Javac.compile("@io.plimsoll.timeout.Timeout(\"2s\") package com.acme;", HEAD + """
                                @RestController class A {
                                    @GetMapping("/a") Future<String> a() { return null; }
                                    public Future<String> b() { return null; }
                                }
                                """)
                        .findings())
                .containsExactly("error ConflictingPromises 12:38");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { @Timeout(\"2s\") @Async public Future<String> a() { return null; } }",
                "@Async class A { @Timeout(\"2s\") public Future<String> a() { return null; } }",
                "class A { public Future<String> a() { return null; } }",
                "class A { @NoTimeout(reason = \"r\") public Future<String> a() { return null; } }",
                "class A { @Timeout(\"2s\") public String a() { return null; } }",
                "class A { @Timeout(\"2s\") public int[] a() { return null; } }",
                "class A { @Timeout(\"2s\") public java.util.List<Future<String>> a() { return null; } }",
                "class A { @Timeout(\"2s\") public java.util.stream.Stream<String> a() { return null; } }",
                "class A { @Timeout(\"2s\") public ResponseEntity<String> a() { return null; } }",
                "class A { @Timeout(\"2s\") public ResponseEntity a() { return null; } }",
                "@Timeout(\"2s\") abstract class A { public Future<String> a() { return null; } }",
                "@Timeout(\"2s\") interface A { Future<String> a(); }",
            })
    void whatIsNotCertainIsFine(String code) {
        assertThat(compile(code).messages()).noneMatch(message -> message.startsWith("[Conflicting"));
    }

    @Test
    void whatDoesNotExistIsTheCompilersBusiness() {
        assertThat(compile("class A extends Missing { @Timeout(\"2s\") public Missing a() { return null; }"
                                + " @Timeout(\"2s\") public Future<String> b() { return null; } }")
                        .messages())
                .isNotEmpty()
                .noneMatch(message -> message.contains("[ConflictingPromises]"));
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(compile(
                                "@SuppressWarnings(\"plimsoll:ConflictingPromises\") class A {"
                                        + " @Timeout(\"2s\") @NoTimeout(reason = \"r\") public Future<String> a() { return null; } }")
                        .findings())
                .isEmpty();
    }
}
