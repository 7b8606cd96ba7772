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
                + "\") void a(String a, String b, long n, java.util.UUID u) {} }";
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
    @ValueSource(strings = {"{#a, #b}", "#a + ':' + #n", "'a' + #a", "#n + ':' + #u", "{'x' + #a, 'y' + #b}"})
    void oneTextAtMostIsClear(String key) {
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
