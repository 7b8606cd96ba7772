package io.plimsoll.processor.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpcastMismatchTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            @EventType(name = "paid", version = 1) record Paid(String order) {}
            @EventType(name = "left", version = 1) record Left(String order) {}
            record Nameless(String order) {}
            @EventType(name = "paid", version = 2) record Paid2(String order) {
            """;

    @Test
    void aWrongOneIsShownAtTheAnnotation() {
        Javac.Result result = Javac.compile(HEAD + "    @Upcast Paid2 of(Paid old) { return null; }\n}");

        assertThat(result.findings()).containsExactly("error UpcastMismatch 7:5");
        assertThat(result.messages())
                .containsExactly("[UpcastMismatch] The upcast Paid2.of is not static. There is no instance yet that it"
                        + " could be called on. Fix: write 'static' before of. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UpcastMismatch.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Paid2 of() | takes nothing. | one parameter, of the type of the old event",
                "Paid2 of(Paid old, int more) | takes 2 parameters | one parameter",
                "Paid2 of(Left old) | makes \"paid\" version 2 of \"left\" version 1. | name = \"left\" on Paid2",
                "Paid of(Paid2 old) | leads from version 2 to version 1 of \"paid\". | version = 3 on Paid",
                "Paid2 of(Paid2 old) | leads from version 2 to version 2 | version = 3 on Paid2",
                "Paid2 of(Nameless old) | has to do with Nameless, which has no @EventType. | @EventType(name = \"nameless\", version = 1) on Nameless",
                "Nameless of(Paid old) | has to do with Nameless | on Nameless",
                "Paid2 of(String old) | has to do with String | each with an @EventType",
                "void of(Paid old) | has to do with void | static OrderPlacedV2 upcast(OrderPlaced old)",
                "Paid2 of(int[] old) | has to do with int[] | static OrderPlacedV2",
            })
    void whatLeadsNowhere(String method, String what, String fix) {
        String body = method.startsWith("void") ? "{}" : "{ return null; }";
        Javac.Result result = Javac.compile(HEAD + "@Upcast static " + method + " " + body + "\n}");

        assertThat(result.findings()).containsExactly("error UpcastMismatch 7:1");
        assertThat(result.messages().get(0)).contains(what).contains(fix);
    }

    @Test
    void itStandsInTheNewType() {
        assertThat(Javac.compile(HEAD + "}\nclass Casts { @Upcast static Paid2 of(Paid old) { return null; } }")
                        .messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("makes a Paid2, and stands in Casts.", "Fix: move it to Paid2.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Upcast static Paid2 of(Paid old) { return null; }\n}",
                "static String of(int a, int b) { return null; }\n}",
                "@Upcast static Paid2 of(Paid old) { return null; }\n}"
                        + " @EventType(name = \"paid\", version = 7) record Paid7() {"
                        + " @Upcast static Paid7 of(Paid2 old) { return null; } @Upcast static Paid7 of(Paid old) { return null; } }",
            })
    void whatLeadsForwardPasses(String code) {
        assertThat(Javac.compile(HEAD + code).findings()).isEmpty();
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(HEAD + "@SuppressWarnings(\"plimsoll:UpcastMismatch\")"
                                + " @Upcast static Paid2 of() { return null; }\n}")
                        .findings())
                .isEmpty();
    }
}
