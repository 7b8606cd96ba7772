package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmbiguousKeyTest {

    private static String service(String key) {
        return "package com.acme; class Service {\n @io.plimsoll.idempotency.Idempotent(key = \"" + key
                + "\") void a(String a, String b, long n, java.util.UUID u, int i, boolean f, java.math.BigInteger g) {} }";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#a + ':' + #b | {#a, #b}",
                "#a + #b | {#a, #b}",
                "#n + ':' + #a + ':' + #b | {#n, #a, #b}",
                "#n + ('-' + #b + (#a + 'x')) | {#n, #b, #a}",
                "{#n, #a.trim() + #b?.trim()} | {#a.trim(), #b?.trim()}",
                "(#a ?: '') + ':' + #b | {(#a ?: ''), #b}",
                "#f ? #a : #a + #b | {#a, #b}",
                "#a ?: #a + #b | {#a, #b}",
                "(#a + #b).trim() | {#a, #b}",
            })
    void textsPutTogetherAreShownAtTheKey(String key, String better) {
        Javac.Result result = Javac.compile(service(key));

        assertThat(result.findings()).containsExactly("warning AmbiguousKey 2:44");
        assertThat(result.messages().get(0))
                .startsWith("[AmbiguousKey] key \"" + key + "\" puts several texts together. \"a:b\" and \"c\" give the"
                        + " same key as \"a\" and \"b:c\", and one of two different calls would not run. Fix: \""
                        + better + "\" keeps the parts apart. See: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#a + #n | a text and a number | {#a, #n}",
                "#n + #a | a text and a number | {#n, #a}",
                "#a + 7 + #i | a text and a number | {#a, #i}",
                "#a + '' + #g | a text and a number | {#a, #g}",
                "#a + (#n + 1) | a text and a number | {#a, #n}",
                "'order-' + #n + '7' + #i | several numbers | {#n, #i}",
                "'' + #n + #i | several numbers | {#n, #i}",
            })
    void aNumberThatDoesNotKnowWhereItEndsIsShown(String key, String what, String better) {
        assertThat(Javac.compile(service(key)).messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[AmbiguousKey] key \"" + key + "\" puts " + what + " together. ")
                .contains(
                        what.startsWith("a text")
                                ? "\"a1\" and 2 give the same key as \"a\" and 12, and one of"
                                : "1 and 23 give the same key as 12 and 3, and one of",
                        "Fix: \"" + better + "\" keeps the parts apart.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#n + #i", "#n + 1 + #i", "{#a, #n + #i}", "#f ? #n + #i : #n", "#g + #g", "#a + ':' + (#n + #i)"
            })
    void aSumOfNumbersIsShown(String key) {
        assertThat(Javac.compile(service(key)).messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[AmbiguousKey] key \"" + key
                        + "\" adds several numbers. 1 and 4 give the same key as 2 and 3, and one of two different");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{#a, #b}",
                "#a + ':' + #n",
                "#n + ':' + #a",
                "#n + '-v1' + #i",
                "'a' + #a",
                "'a' + #n",
                "#n + '1'",
                "#n + 1",
                "#a + 1",
                "#n + ':' + #u",
                "#a + #u",
                "#a + #f",
                "#n + '' + #u + #i",
                "{'x' + #a, 'y' + #b}",
                "{#a + 'x', #n + 1}",
                "#a.concat(#a + #b)",
                "#a == #a + #b ? 'x' : #b",
                "#f ? #a : #b + 'x'",
            })
    void whatKnowsWhereItEndsIsClear(String key) {
        assertThat(Javac.compile(service(key)).findings()).isEmpty();
    }

    @Test
    void aStrictBuildRefusesIt() {
        assertThat(Javac.compile(List.of("-Aplimsoll.profile=strict"), service("#a + #b"))
                        .findings())
                .containsExactly("error AmbiguousKey 2:44");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(service("#a + #b").replace("@io", "@SuppressWarnings(\"plimsoll:AmbiguousKey\") @io"))
                        .findings())
                .isEmpty();
    }
}
