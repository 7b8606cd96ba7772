package io.plimsoll.processor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnproxyableMethodTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.companion.*;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            """;

    @Test
    void aPrivateMethodIsShownAtItsAnnotation() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    @Deprecated @Timeout("2s")
                    private void place() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error UnproxyableMethod 6:17");
        assertThat(result.messages())
                .containsExactly("[UnproxyableMethod] Orders.place is private, so its promise would silently not be"
                        + " kept. Promises are kept by a proxy that overrides the method, and a private method cannot"
                        + " be overridden. Fix: delete 'private', or move the annotation to the method that other beans"
                        + " call. See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnproxyableMethod.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class A { @Timeout(\"2s\") static void x() {} } | 5:11 | A.x is static",
                "class A { @Timeout(\"2s\") public final void x() {} } | 5:11 | A.x is final",
                "final class A { @Timeout(\"2s\") void x() {} } | 5:17 | delete 'final' from class A",
                "@Timeout(\"2s\") final class A { } | 5:1 | the class A is final",
                "record A(int a) { @Timeout(\"2s\") void x() {} } | 5:19 | A is a record",
                "@Timeout(\"2s\") record A(int a) { } | 5:1 | A is a record",
                "@Timeout(\"2s\") enum A { B } | 5:1 | A is an enum",
                "interface A { @Timeout(\"2s\") static void x() {} } | 5:15 | A.x is static",
                "interface A { @Timeout(\"2s\") private void x() {} } | 5:15 | A.x is private",
                "class O { private static class A { @Timeout(\"2s\") void x() {} } } | 5:36 | delete 'private' from class A",
                "@Timeout(\"2s\") class A { private A() {} } | 5:1 | delete 'private' from a constructor of A",
                "@Timeout(\"2s\") class A { public final void x() {} } | 5:44 | A.x is final",
                "class A { @Own private void x() {} } | 5:11 | A.x is private",
                "class A { @Fast private void x() {} } | 5:11 | A.x is private",
            })
    void nothingThatAProxyCannotOverride(String code, String place, String text) {
        String own = "\n@Promise @Retention(RetentionPolicy.RUNTIME) @interface Own {}"
                + "\n@Timeout(\"1s\") @Retention(RetentionPolicy.RUNTIME) @interface Fast {}";
        Javac.Result result = Javac.compile(IMPORTS + code + own);

        assertThat(result.findings()).containsExactly("error UnproxyableMethod " + place);
        assertThat(result.messages().get(0)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { @Timeout(\"2s\") void x() {} @Timeout(\"2s\") protected void y() {} private void z() {} }",
                "@Timeout(\"2s\") abstract class A { abstract void x(); final void y() {} private void z() {}"
                        + " public static final void s() {} }",
                "@Timeout(\"2s\") interface A { void x(); default void y() {} private void z() {} }",
                "interface A { @Timeout(\"2s\") void x(); @Timeout(\"2s\") default void y() {} }",
                "@Timeout(\"2s\") @interface A { }",
                "class O { private static class A { A() {} @Timeout(\"2s\") void x() {} } }",
                "final class A { private A() {} void x() {} }",
                "class A { @NoTimeout(reason = \"r\") final void x() {} }",
            })
    void whatAProxyCanOverridePasses(String code) {
        assertThat(Javac.compile(IMPORTS + code).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Outboxed(topic = \"o\") @EventType(name = \"a\", version = 1) record A(String x) {}",
                "@Outboxed(topic = \"o\") @EventType(name = \"a\", version = 1) final class A { public final void x() {} }",
                "@OrderEvent @EventType(name = \"a\", version = 1) enum A { X }",
            })
    void aPromiseAboutInstancesNeedsNoProxy(String code) {
        String own = "\n@Outboxed(topic = \"o\") @Retention(RetentionPolicy.RUNTIME) @interface OrderEvent {}";
        assertThat(Javac.compile(IMPORTS + "import io.plimsoll.outbox.*;\n" + code + own)
                        .findings())
                .isEmpty();
    }

    @Test
    void ofTwoPromisesOnATypeTheOneOfItsMethodsIsShown() {
        assertThat(Javac.compile(IMPORTS + "import io.plimsoll.outbox.*;\n@Timeout(\"2s\")\n@Outboxed(topic = \"o\")"
                                + " @EventType(name = \"a\", version = 1) record A(String x) {}")
                        .findings())
                .containsExactly("error UnproxyableMethod 6:1");
    }

    @Test
    void aMethodOfARecordStillNeedsOne() {
        assertThat(Javac.compile(IMPORTS + "import io.plimsoll.outbox.*;\n@EventType(name = \"a\", version = 1)"
                                + " record A(String x) { @Outboxed(topic = \"o\") A y() { return this; } }")
                        .findings())
                .containsExactly("error UnproxyableMethod 6:58");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(IMPORTS + """
                                class Orders {
                                    @SuppressWarnings("plimsoll:UnproxyableMethod")
                                    @Timeout("2s") final void place() {}
                                }
                                """).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=adopt, error UnproxyableMethod 5:16",
        "plimsoll.rule.UnproxyableMethod=warn, warning UnproxyableMethod 5:16",
        "plimsoll.rule.UnproxyableMethod=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "class Orders { @Timeout(\"1s\") final void place() {} }")
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
