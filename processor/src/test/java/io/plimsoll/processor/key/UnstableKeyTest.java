package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnstableKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "double a | #a | #a is of type Double. | an integral number",
                "float[] a | {'x', #a[0]} | #a[0] is of type float. | an integral number",
                "BigDecimal a | #a | #a is of type BigDecimal. | \"#a.stripTrailingZeros().toPlainString()\"",
                "BigDecimal a | 'x' + #a | #a is of type BigDecimal. | \"#a.stripTrailingZeros().toPlainString()\"",
                "Optional<String> a | #a | #a is of type Optional<String>. | \"#a.orElse(...)\"",
                "Date a | #a | #a is of type Date. | \"#a.toInstant()\"",
                "java.net.URI a | #a | #a is of type URI. | \"#a.toString()\"",
                "CharSequence a | #a | #a is of type CharSequence. | \"#a.toString()\"",
                "byte[] a | #a | #a is of type byte[]. | \"#a[0]\"",
                "String... a | #a | #a is of type String[]. | \"#a[0]\"",
                "Set<String> a | #a | #a is of type Set<String>. | a List of values",
                "Map<String, String> a | #a | #a is of type Map<String, String>. | a List of values",
                "Collection<String> a | #a | #a is of type Collection<String>. | a List of values",
                "java.util.stream.IntStream a | #a | #a is of type IntStream. | a List of values",
                "List<Object> a | #a | #a[] is of type Object. | tells it apart",
                "List<?> a | #a | #a[] is of type Object. | tells it apart",
                "List<Set<String>> a | #a | #a[] is of type Set<String>. | a List",
                "<T extends Customer> T a | #a | #a is of type Customer. | .number",
                "E a | #a | #a is of type Comparable< | tells it apart",
                "Customer a | #a | #a is of type Customer. | .number",
                "Customer a | 'o' + #a | #a is of type Customer. | .number",
                "Order a | #a | #a.customer is of type Customer. | .number",
                "Endless a | #a | #a.next is of type Endless, which contains itself. | \"#a.next.id\"",
                "Pair<String, Pair<Long, Double>> a | #a | #a.b.b is of type Double. | integral",
                "Line a | 'o' + #a | #a is of type Line, and is used as a text. | a list",
                "List<String> a | 'o' + #a | #a is of type List<String>, and is used as a text. | a list",
                "String s, Customer a | #s ?: #a | is of type Customer. | tells it apart",
                "String s, Line a | #s ?: #a | is of type Line, and is used | a list",
                "boolean b, Line a | #b ? {1} : #a | is of type Line, and is used | a list",
                "boolean b, List<String> a | #b ? {1} : #a | is of type List<String>, and is used | a list",
                "Object a | #a | #a is of type Object. | tells it apart",
            })
    void whatIsNotTheSameTomorrowIsNamedWithAWayOut(String parameters, String key, String what, String fix) {
        Javac.Result result = Javac.compile(Evaluated.source(parameters + " | " + key));

        assertThat(result.findings()).containsExactly("error UnstableKey 33:23");
        assertThat(result.messages().get(0))
                .startsWith("[UnstableKey] key \"" + key + "\": ")
                .contains(what, fix == null ? "Fix:" : fix);
    }

    @Test
    void aScopeIsPartOfTheKey() {
        assertThat(Javac.compile(
                                "package com.acme; class Service {"
                                        + " @io.plimsoll.idempotency.Idempotent(key = \"#a\", scope = \"#b\") void a(int a, double b) {} }")
                        .findings())
                .containsExactly("error UnstableKey 1:91");
    }

    @Test
    void whatIsStableIsFine() {
        assertThat(Javac.compile(Evaluated.source(
                                "Key a, Pair<UUID, List<Money>> b, ArrayList<Thread.State> c | {#a, #b, #c}",
                                "double a, BigDecimal b | #a > 1.5 ? #b.toString() : 'x'",
                                "LocalDate a, ZonedDateTime b, Duration c, Year d, Character e | {#a, #b, #c, #d, #e}"))
                        .findings())
                .isEmpty();
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile("package com.acme; class Service { @SuppressWarnings(\"plimsoll:UnstableKey\")"
                                + " @io.plimsoll.idempotency.Idempotent(key = \"#a\") void a(double a) {} }")
                        .findings())
                .isEmpty();
    }
}
