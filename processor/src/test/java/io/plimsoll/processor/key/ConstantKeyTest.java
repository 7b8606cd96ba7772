package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantKeyTest {

    @Test
    void aKeyOfNoParameterIsShownAtItsPlace() {
        Javac.Result result = Javac.compile("""
                package com.acme;
                class Service {
                    @io.plimsoll.idempotency.Idempotent(key = "'order'")
                    void place(String order) {}
                    @io.plimsoll.idempotency.Idempotent(key = "{1, 'a' + 2}")
                    void nothing() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error ConstantKey 3:47", "error ConstantKey 5:47");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[ConstantKey] key \"'order'\" uses no parameter of place. All calls would count as one: the"
                                + " first runs, and every other gets its answer. Fix: what tells the calls apart, such as"
                                + " \"#order\". See: ");
        assertThat(result.messages().get(1)).contains("Fix: give nothing a parameter that tells its calls apart.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key = \"#a ? 1 : 2\"",
                "key = \"{1, #a}\"",
                "key = \"#a\", scope = \"'shop'\", fingerprint = \"1\"",
                "key = \"\"",
            })
    void oneParameterIsEnoughAndAScopeNeedsNone(String attributes) {
        assertThat(Javac.compile("package com.acme; class Service {" + " @io.plimsoll.idempotency.Idempotent("
                                + attributes + ") void a(boolean a) {} }")
                        .messages())
                .noneMatch(message -> message.startsWith("[ConstantKey]"));
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile("package com.acme; class Service { @SuppressWarnings(\"plimsoll:ConstantKey\")"
                                + " @io.plimsoll.idempotency.Idempotent(key = \"1\") void a() {} }")
                        .findings())
                .isEmpty();
    }
}
