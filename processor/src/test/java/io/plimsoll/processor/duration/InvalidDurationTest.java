package io.plimsoll.processor.duration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidDurationTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.companion.*;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            import org.springframework.core.annotation.AliasFor;
            """;

    @Test
    void aTextThatIsNoDurationIsShownAtTheValue() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    @Timeout(interrupt = false, value = "2 seconds")
                    void place() {}
                }
                """);

        assertThat(result.findings()).containsExactly("error InvalidDuration 7:41");
        assertThat(result.messages())
                .containsExactly("[InvalidDuration] \"2 seconds\" is not a duration. Nobody can tell how long is meant,"
                        + " and the application would not start. Fix: did you mean \"2s\"? See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/InvalidDuration.md");
    }

    @ParameterizedTest
    @CsvSource({
        "2sec, did you mean \"2s\"?",
        "2 s, did you mean \"2s\"?",
        "1.5s, did you mean \"1500ms\"?",
        "0.5h, did you mean \"30m\"?",
        "2, did you mean \"2s\"?",
        "3 Minutes, did you mean \"3m\"?",
        "1h30m, did you mean \"PT1H30M\"?",
        "soon, a whole number and a unit",
        "'', a whole number and a unit",
        "0s, a positive duration such as \"500ms\"",
        "-2s, '\"2s\", or what else is meant'",
        "${a:2sec}, did you mean \"${a:2s}\"?",
        "${a:${b:2 s}}, did you mean \"${a:${b:2s}}\"?",
        "${a:0ms}, a positive duration such as \"${a:500ms}\"",
        "${a:}, a whole number and a unit",
        "${a:2, 'with the closing brace'",
        "${a, 'with the closing brace'",
        "${a:2s}x, a whole number and a unit",
    })
    void whatIsWrongComesWithWhatToType(String text, String fix) {
        Javac.Result result =
                Javac.compile(IMPORTS + "class Orders {\n    @Timeout(\"" + text + "\")\n    void place() {}\n}\n");

        assertThat(result.findings()).containsExactly("error InvalidDuration 7:14");
        assertThat(result.messages().get(0)).contains("Fix: ").contains(fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2s", "500ms", "PT1M30S", "${a}", "${a:2s}", "${a:${b}}", "${a:${b:1d}}", "${a}ms", "${a:2}s"})
    void durationsAndPlaceholdersPass(String text) {
        assertThat(Javac.compile(IMPORTS + "class Orders { @Timeout(\"" + text + "\") void place() {} }")
                        .findings())
                .isEmpty();
    }

    @Test
    void anyAttributeMayBeADuration() {
        assertThat(Javac.compile(IMPORTS + """
                                @interface Wait {
                                    @DurationString(zeroAllowed = true) String max() default "";
                                    @DurationString String[] steps() default {};
                                    Wait2[] nested() default {};
                                    String text() default "";
                                }
                                @interface Wait2 { @DurationString String value() default ""; }
                                class Orders {
                                    @Wait(max = "0s", text = "soon", steps = {"1s", "0s"})
                                    int field;
                                    @Wait(max = "", nested = {@Wait2, @Wait2("x")})
                                    Orders(@Wait(max = "x") int parameter) {}
                                }
                                """).findings())
                .containsExactly(
                        "error InvalidDuration 14:53", "error InvalidDuration 16:46", "error InvalidDuration 17:24");
    }

    @Test
    void anAliasedAttributeIsShownWhereItIsUsedAndItsDefaultWhereItIsDeclared() {
        assertThat(Javac.compile(IMPORTS + """
                                @Timeout("9s")
                                @Retention(RetentionPolicy.RUNTIME)
                                @interface ReliableWrite {
                                    @AliasFor(annotation = Timeout.class, attribute = "value")
                                    String timeout() default "3sec";
                                }
                                class Orders {
                                    @ReliableWrite(timeout = "2 s")
                                    void place() {}
                                    @ReliableWrite
                                    void cancel() {}
                                }
                                """).findings())
                .containsExactly("error InvalidDuration 10:12", "error InvalidDuration 13:30");
    }

    @Test
    void aRecordThatIsForgottenBeforeItsCallMayEndIsShownAtTheTtl() {
        Javac.Result result = Javac.compile(IMPORTS + """
                import io.plimsoll.idempotency.*;
                class Orders {
                    @Timeout("30s")
                    @Idempotent(key = "#id", ttl = "10s") void place(String id) {}
                }
                """);

        assertThat(result.findings()).containsExactly("error InvalidDuration 9:36");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[InvalidDuration] ttl \"10s\" of Orders.place is shorter than the 30s that @Timeout allows."
                                + " It counts from the beginning of the call: the outcome may be forgotten when it is there, and a"
                                + " repeated call runs again. Fix: a ttl longer than any client may retry, such as \"24h\". See: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Idempotent(key = \"#i\", ttl = \"4s\", onDuplicate = OnDuplicate.WAIT) | the 5s that a duplicate waits",
                "@Idempotent(key = \"#i\", ttl = \"4s\", onDuplicate = OnDuplicate.WAIT, maxWait = \"4001ms\") | the 4001ms that",
                "@Idempotent(key = \"#i\") @Timeout(\"25h\") | ttl \"24h\" of Orders.a is shorter than the 25h that @Timeout allows.; such as \"30d\".",
                "@Quick @Timeout(\"2s\") | ttl \"1s\" of Orders.a is shorter than the 2s that @Timeout",
            })
    void whatTheSameMethodMayTakeIsComparedWith(String annotations, String longer) {
        assertThat(window(annotations).messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[InvalidDuration] ttl ")
                .contains(longer.split(";"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Idempotent(key = \"#i\", ttl = \"2s\") @Timeout(\"2s\")",
                "@Idempotent(key = \"#i\", ttl = \"1s\")",
                "@Idempotent(key = \"#i\", ttl = \"1s\", maxWait = \"3s\")",
                "@Idempotent(key = \"#i\", ttl = \"5s\", onDuplicate = OnDuplicate.WAIT)",
                "@Idempotent(key = \"#i\", ttl = \"${a:1s}\") @Timeout(\"2s\")",
                "@Idempotent(key = \"#i\", ttl = \"1s\") @Timeout(\"${a:2s}\")",
                "@Timeout(\"2s\")",
            })
    void whatIsLongEnoughOrNotKnownIsFine(String annotations) {
        assertThat(window(annotations).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Idempotent(key = \"#i\", ttl = \"0s\") @Timeout(\"2s\")",
                "@Idempotent(key = \"#i\", ttl = \"-1s\") @Timeout(\"2s\")",
                "@Idempotent(key = \"#i\", ttl = \"soon\") @Timeout(\"2s\")",
            })
    void aBadDurationIsToldOnce(String annotations) {
        assertThat(window(annotations).messages()).hasSize(1).noneMatch(message -> message.contains("shorter"));
    }

    private static Javac.Result window(String annotations) {
        return Javac.compile(IMPORTS + """
                import io.plimsoll.idempotency.*;
                @Idempotent(key = "#i", ttl = "1s") @Retention(RetentionPolicy.RUNTIME) @interface Quick {}
                """ + "class Orders { " + annotations + " void a(int i) {} }");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(IMPORTS + """
                                class Orders {
                                    @SuppressWarnings("plimsoll:InvalidDuration")
                                    @Timeout("soon") void place() {}
                                }
                                """).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=adopt, error InvalidDuration 6:25",
        "plimsoll.rule.InvalidDuration=warn, warning InvalidDuration 6:25",
        "plimsoll.rule.InvalidDuration=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(
                                List.of("-A" + option), IMPORTS + "class Orders { @Timeout(\"soon\") void place() {} }")
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
