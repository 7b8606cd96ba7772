package io.plimsoll.processor.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.processor.Javac;
import io.plimsoll.timeout.CompiledTimeout;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompanionWriterTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.companion.*;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            import java.util.*;
            import org.springframework.core.annotation.AliasFor;
            """;

    static Companion companion(Javac.Result result, String name) {
        assertThat(result.findings()).isEmpty();
        try {
            return (Companion) result.load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static long companions(Javac.Result result) {
        return result.compilation().generatedFiles().stream()
                .filter(file -> file.getName().endsWith("_Plimsoll.class"))
                .count();
    }

    private static List<String> ids(Companion companion) {
        return companion.sites().stream().map(CompiledSite::id).toList();
    }

    private static String timeout(CompiledSite site) {
        CompiledTimeout timeout = site.fact(CompiledTimeout.class);
        assertThat(timeout).isNotNull();
        return timeout.budget() + " " + timeout.interrupt();
    }

    @Test
    void ofDataIsMadeAClassWithoutASourceAndWithoutAWarning() {
        Javac.Result result = Javac.compile(List.of("-Werror"), IMPORTS + """
                        @Deprecated
                        @Timeout("2s")
                        class Orders {
                            @Timeout(value = "${orders.timeout:500ms}", interrupt = false)
                            void place(String order, int[] counts) {}
                            void plain() {}
                        }
                        """);

        assertThat(companion(result, "com.acme.Orders_Plimsoll").sites())
                .hasToString("[CompiledSite[id=<type>,"
                        + " seen=@io.plimsoll.timeout.Timeout(interrupt=true, value=\"2s\"),"
                        + " facts=[CompiledTimeout[budget=2s, interrupt=true]]],"
                        + " CompiledSite[id=place(java.lang.String,int[]),"
                        + " seen=@io.plimsoll.timeout.Timeout(interrupt=false, value=\"${orders.timeout:500ms}\"),"
                        + " facts=[CompiledTimeout[budget=${orders.timeout:500ms}, interrupt=false]]]]");
        assertThat(result.compilation().generatedSourceFiles()).isEmpty();
    }

    @Test
    void ofExpressionsIsMadeAShortSourceThatCompilesWithoutAWarning() throws Exception {
        Javac.Result result = Javac.compile(List.of("-Werror"), IMPORTS + """
                        @Timeout("${orders.timeout:2s}")
                        class Orders {
                            @io.plimsoll.idempotency.Idempotent(key = "#order")
                            void place(String order) {}
                        }
                        """);

        assertThat(result.findings()).isEmpty();
        assertThat(result.compilation()
                        .generatedSourceFile("com.acme.Orders_Plimsoll")
                        .orElseThrow()
                        .getCharContent(false)
                        .toString())
                .isEqualTo("""
                        package com.acme;

                        import io.plimsoll.companion.Companion;
                        import io.plimsoll.companion.CompiledDuration;
                        import io.plimsoll.companion.CompiledSite;
                        import io.plimsoll.companion.Expressions;
                        import io.plimsoll.idempotency.CompiledIdempotent;
                        import io.plimsoll.idempotency.Mode;
                        import io.plimsoll.idempotency.OnDuplicate;
                        import io.plimsoll.idempotency.OnLost;
                        import io.plimsoll.timeout.CompiledTimeout;
                        import java.util.List;
                        import javax.annotation.processing.Generated;

                        @SuppressWarnings({"all", "auxiliaryclass", "deprecation", "rawtypes", "removal", "unchecked"})
                        @Generated("io.plimsoll.processor")
                        public final class Orders_Plimsoll implements Companion {
                            public Orders_Plimsoll() {
                            }

                            @Override
                            public int contract() {
                                return 2;
                            }

                            @Override
                            public List<CompiledSite> sites() {
                                return List.of(
                                        CompiledSite.of(
                                                "<type>",
                                                "@io.plimsoll.timeout.Timeout(interrupt=true, value=\\"${orders.timeout:2s}\\")",
                                                new CompiledTimeout(
                                                        CompiledDuration.ofPlaceholder("${orders.timeout:2s}"),
                                                        true)),
                                        CompiledSite.of(
                                                "place(java.lang.String)",
                                                "@io.plimsoll.idempotency.Idempotent(fingerprint=\\"\\", key=\\"#order\\", lease=\\"30s\\", maxWait=\\"5s\\", mode=AUTO, onDuplicate=REJECT, onLost=UNKNOWN, recordFailures=[], recover=\\"\\", scope=\\"\\", ttl=\\"24h\\")",
                                                new CompiledIdempotent(
                                                        arguments -> Expressions.nonNull((String) arguments[0], "#order"),
                                                        null,
                                                        null,
                                                        CompiledDuration.ofNanos(86400000000000L),
                                                        Mode.AUTO,
                                                        CompiledDuration.ofNanos(30000000000L),
                                                        OnLost.UNKNOWN,
                                                        "",
                                                        OnDuplicate.REJECT,
                                                        CompiledDuration.ofNanos(5000000000L))));
                            }
                        }
                        """);
    }

    @Test
    void eachAnnotatedElementIsASite() {
        Companion orders = companion(Javac.compile(IMPORTS + """
                                @Timeout("2s")
                                class Orders {
                                    @Timeout(value = "${a:1s}", interrupt = false) void place() {}
                                    void plain() {}
                                }
                                """), "com.acme.Orders_Plimsoll");

        assertThat(orders.contract()).isEqualTo(Companion.CONTRACT);
        assertThat(ids(orders)).containsExactly(CompiledSite.TYPE, "place()");
        assertThat(timeout(orders.sites().get(0))).isEqualTo("2s true");
        assertThat(timeout(orders.sites().get(1))).isEqualTo("${a:1s} false");
        assertThat(orders.sites().get(0).fact(CompiledTimeout.class).budget().resolve(text -> text))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(orders.sites().get(1).seen())
                .isEqualTo("@io.plimsoll.timeout.Timeout(interrupt=false, value=\"${a:1s}\")");
    }

    @Test
    void idsAreErasedAndNamedAsReflectionNamesThem() {
        Companion orders = companion(Javac.compile(IMPORTS + """
                                class Orders<T extends Number, U extends Comparable<U> & Runnable> {
                                    @Retention(RetentionPolicy.RUNTIME) @Target(ElementType.TYPE_USE) @interface Mark {}
                                    @Timeout("1s") void a(T t, List<T[]> l, U[] u) {}
                                    @Timeout("1s") void a(Map.Entry<String, ?> e, int[][] i, long... v) {}
                                    @Timeout("1s") <X> void a(X x, @Mark String s, byte @Mark [] b) {}
                                    @Timeout("1s") void a() {}
                                }
                                """), "com.acme.Orders_Plimsoll");

        assertThat(ids(orders))
                .containsExactly(
                        "a(java.lang.Number,java.util.List,java.lang.Comparable[])",
                        "a(java.util.Map$Entry,int[][],long[])",
                        "a(java.lang.Object,java.lang.String,byte[])",
                        "a()");
    }

    @Test
    void nestedTypesHaveTheirOwnEvenWhenPrivate() {
        Javac.Result result = Javac.compile(IMPORTS + """
                        class Outer {
                            static class Inner { @Timeout("1s") void a() {} }
                            private static class Hidden { Hidden() {} @Timeout("2s") void b() {} }
                            interface Api { @Timeout("3s") void c(Outer.Inner i); }
                            class Plain {}
                        }
                        """);

        assertThat(ids(companion(result, "com.acme.Outer_Inner_Plimsoll"))).containsExactly("a()");
        assertThat(ids(companion(result, "com.acme.Outer_Hidden_Plimsoll"))).containsExactly("b()");
        assertThat(ids(companion(result, "com.acme.Outer_Api_Plimsoll"))).containsExactly("c(com.acme.Outer$Inner)");
        assertThat(companions(result)).isEqualTo(3);
    }

    @Test
    void whatIsInheritedBelongsToTheTypeThatDeclaresIt() {
        Javac.Result result = Javac.compile(IMPORTS + """
                        interface Api { @Timeout("1s") void a(); }
                        class Orders implements Api { public void a() {} }
                        """);

        assertThat(ids(companion(result, "com.acme.Api_Plimsoll"))).containsExactly("a()");
        assertThat(companions(result)).isEqualTo(1);
    }

    @Test
    void aPackageHasACompanionToo() {
        Companion ofPackage = companion(
                Javac.compile("@io.plimsoll.timeout.Timeout(\"5s\") package com.acme;"),
                "com.acme.package_info_Plimsoll");

        assertThat(ids(ofPackage)).containsExactly(CompiledSite.PACKAGE);
        assertThat(timeout(ofPackage.sites().get(0))).isEqualTo("5s true");
    }

    @Test
    void aTeamsOwnAnnotationIsMergedAndTheNearestPromiseWins() {
        Companion orders = companion(Javac.compile(IMPORTS + """
                                @Timeout(value = "9s", interrupt = false)
                                @Retention(RetentionPolicy.RUNTIME)
                                @interface ReliableWrite {
                                    @AliasFor(annotation = Timeout.class, attribute = "value")
                                    String timeout() default "3s";
                                }
                                @ReliableWrite(timeout = "4s")
                                @Retention(RetentionPolicy.RUNTIME)
                                @interface Money {
                                    @AliasFor(annotation = ReliableWrite.class, attribute = "timeout")
                                    String within() default "5s";
                                }
                                class Orders {
                                    @ReliableWrite void a() {}
                                    @ReliableWrite(timeout = "6s") void b() {}
                                    @Money void c() {}
                                    @Money(within = "7s") void d() {}
                                    @Money @Timeout("8s") void e() {}
                                }
                                """), "com.acme.Orders_Plimsoll");

        assertThat(orders.sites().stream().map(CompanionWriterTest::timeout))
                .containsExactly("3s false", "6s false", "5s false", "7s false", "8s true");
    }

    @Test
    void aPromiseThatNoFeatureKnowsIsSeenAllTheSame() {
        Companion orders = companion(Javac.compile(IMPORTS + """
                                @Promise @Retention(RetentionPolicy.RUNTIME) @interface Own { int n() default 1; }
                                class Orders { @Own @Timeout("1s") void a() {} }
                                """), "com.acme.Orders_Plimsoll");

        assertThat(orders.sites().get(0).seen())
                .isEqualTo("@com.acme.Own(n=1) @io.plimsoll.timeout.Timeout(interrupt=true, value=\"1s\")");
        assertThat(orders.sites().get(0).facts()).hasSize(1);
    }

    @Test
    void aBadDurationIsLeftToTheStartIfTheBuildLetsItPass() {
        Companion orders = companion(
                Javac.compile(
                        List.of("-Aplimsoll.rule.InvalidDuration=off"),
                        IMPORTS + "class Orders { @Timeout(\"so\\non\") void a() {} }"),
                "com.acme.Orders_Plimsoll");

        CompiledDuration budget =
                orders.sites().get(0).fact(CompiledTimeout.class).budget();
        assertThatCode(() -> budget.resolve(text -> text)).hasMessageContaining("is not a duration");
    }

    @Test
    void inNoPackageAndBesideTypesWithTheSameNamesItCompiles() {
        Javac.Result result = Javac.compile(
                "@io.plimsoll.timeout.Timeout(\"1s\") class Alone {}",
                "package com.acme; @io.plimsoll.timeout.Timeout(\"1s\") class List {}",
                "package com.acme; @io.plimsoll.timeout.Timeout(\"1s\") class Companion {}",
                "package com.acme; @io.plimsoll.timeout.Timeout(\"1s\") class CompiledSite {}",
                "package com.acme; class String {}");

        assertThat(ids(companion(result, "Alone_Plimsoll"))).containsExactly(CompiledSite.TYPE);
        assertThat(ids(companion(result, "com.acme.List_Plimsoll"))).containsExactly(CompiledSite.TYPE);
    }

    @Test
    void twoTypesWhoseCompanionsHaveOneNameAreRefused() {
        assertThat(Javac.compile(IMPORTS + """
                                        class A { @Timeout("1s") static class B {} }
                                        @Timeout("1s") class A_B {}
                                        """).messages())
                .anyMatch(message -> message.startsWith("[Plimsoll] com.acme.A_B_Plimsoll could not be written"));
    }
}
