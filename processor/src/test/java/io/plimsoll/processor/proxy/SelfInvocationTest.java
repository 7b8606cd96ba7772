package io.plimsoll.processor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfInvocationTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            import java.util.function.*;
            """;

    @Test
    void aCallOnThisIsShownAtTheName() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    void placeAll() {
                        place("a");
                    }
                    @Timeout("2s") void place(String order) {}
                }
                """);

        assertThat(result.findings()).containsExactly("error SelfInvocation 7:9");
        assertThat(result.messages())
                .containsExactly("[SelfInvocation] This call to Orders.place skips its @Timeout. A call on 'this' does"
                        + " not pass through the Spring proxy that keeps the promise. Fix: move place to another bean,"
                        + " or inject ObjectProvider<Orders> self and call self.getObject().place(...). See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/SelfInvocation.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "void x() { this.place(); } | 6:16",
                "void x() { (this).place(); } | 6:18",
                "void x() { Orders.this.place(); } | 6:23",
                "void x() { Runnable r = () -> place(); } | 6:31",
                "void x() { Runnable r = this::place; } | 6:25",
                "void x() { new Object() { void y() { place(); } }; } | 6:38",
                "void x() { new Object() { void y() { Orders.this.place(); } }; } | 6:49",
                "class Inner { void y() { place(); } } | 6:26",
                "Runnable field = this::place; | 6:18",
                "Orders() { place(); } | 6:12",
                "void x() { String.valueOf(compute(1)); } | 6:27",
                "@Override void inherited() { } void x() { inherited(); } | 6:43",
                "void x() { super.inherited(); } | 6:17",
                "public void viaInterface() { } void x() { viaInterface(); } | 6:43",
                "void x() { viaMeta(); } | 6:12",
            })
    void everyWayToCallOneself(String member, String place) {
        String rest = """

                    @Timeout("2s") void place() {}
                    @Timeout("2s") <T> T compute(T t) { return t; }
                    @Fast void viaMeta() {}
                    public void viaInterface(int other) {}
                }
                interface Api { @Timeout("2s") default void viaInterface() {} }
                class Base { @Timeout("2s") void inherited() {} }
                @Timeout("1s") @Retention(RetentionPolicy.RUNTIME) @interface Fast {}
                """;

        assertThat(Javac.compile(IMPORTS + "class Orders extends Base implements Api {\n" + member + rest)
                        .findings())
                .containsExactly("error SelfInvocation " + place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(Orders self) { self.place(); }",
                "void x() { new Orders().place(); }",
                "void x(Supplier<Orders> self) { self.get().place(); Runnable r = self.get()::place; }",
                "void x() { plain(); this.plain(); } void plain() {}",
                "@Override void inherited() { super.inherited(); }",
                "Orders() { super(); }",
                "Consumer<Orders> x = Orders::place;",
            })
    void otherCallsPass(String member) {
        String rest = " @Timeout(\"2s\") void place() {} } class Base { @Timeout(\"2s\") void inherited() {} }";

        assertThat(Javac.compile(IMPORTS + "class Orders extends Base { " + member + rest)
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Timeout(\"2s\") class Orders { public void x() { y(); } public void y() {} }",
                "interface Orders { @Timeout(\"2s\") void y(); default void x() { y(); } }",
            })
    void whatCoversTheCallerAsWellOrMayGoThroughTheProxyIsNotCertain(String code) {
        assertThat(Javac.compile(IMPORTS + code).findings()).isEmpty();
    }

    @Test
    void aPromiseThatCannotBeKeptAnywayIsReportedOnce() {
        assertThat(Javac.compile(IMPORTS + "class Orders { void x() { y(); } @Timeout(\"2s\") private void y() {} }")
                        .findings())
                .containsExactly("error UnproxyableMethod 5:34");
    }

    @Test
    void nestedAndGenericTypesAreLookedAt() {
        assertThat(Javac.compile(IMPORTS + """
                                        class Outer {
                                            static class Nested<T> {
                                                void x(T t) { y(t); }
                                                @Timeout("2s") void y(T t) {}
                                            }
                                            record Point(int a) {
                                                void x() { y(); }
                                                @SuppressWarnings("plimsoll:UnproxyableMethod") @Timeout("2s") void y() {}
                                            }
                                        }
                                        """).findings())
                .containsExactly("error SelfInvocation 7:23", "error SelfInvocation 11:20");
    }

    @Test
    void itIsSuppressedOnTheMethodTheClassOrTheVariable() {
        assertThat(Javac.compile(IMPORTS + """
                                        class Orders {
                                            @SuppressWarnings("plimsoll:SelfInvocation") void a() { place(); }
                                            void b() {
                                                @SuppressWarnings("plimsoll:SelfInvocation") Runnable r = this::place;
                                            }
                                            @SuppressWarnings("plimsoll:SelfInvocation")
                                            class Inner { void c() { place(); } }
                                            @Timeout("2s") void place() {}
                                            void shown() { place(); }
                                        }
                                        """).findings()).containsExactly("error SelfInvocation 13:20");
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=adopt, error SelfInvocation 5:27",
        "plimsoll.rule.SelfInvocation=warn, warning SelfInvocation 5:27",
        "plimsoll.rule.SelfInvocation=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "class Orders { void x() { y(); } @Timeout(\"1s\") void y() {} }")
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
