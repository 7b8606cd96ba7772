package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnusedSuppressionTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import org.springframework.scheduling.annotation.*;
            """;

    @Test
    void aSuppressionThatKeepsNothingBackIsShownAtItsText() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Jobs {
                    @SuppressWarnings({"unused", "plimsoll:MissingTimeout"})
                    void run() {}
                }
                """);

        assertThat(result.findings()).containsExactly("warning UnusedSuppression 5:34");
        assertThat(result.messages())
                .containsExactly("[UnusedSuppression] Nothing here is suppressed by \"plimsoll:MissingTimeout\". The"
                        + " reason it was written for is gone, and the next mistake would pass unseen. Fix: delete"
                        + " \"plimsoll:MissingTimeout\". See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnusedSuppression.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MissingTimeot | did you mean \"plimsoll:MissingTimeout\"?",
                "everything | delete it, or write the name that stands in the brackets of the message.",
            })
    void aMisspeltRuleIsAnsweredWithTheNearest(String rule, String fix) {
        assertThat(Javac.compile("@SuppressWarnings(\"plimsoll:" + rule + "\") class Jobs {}")
                        .messages())
                .singleElement()
                .asString()
                .startsWith("[UnusedSuppression] \"plimsoll:" + rule + "\" names no rule. It suppresses nothing,"
                        + " whatever it was written for. Fix: " + fix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@SuppressWarnings(\"plimsoll:MissingTimeout\") class Jobs {} | 4:19",
                "class Jobs { @SuppressWarnings(\"plimsoll:MissingTimeout\") int field; } | 4:32",
                "class Jobs { void a(@SuppressWarnings(\"plimsoll:MissingTimeout\") int p) {} } | 4:39",
                "class Jobs { static class In { @SuppressWarnings(\"plimsoll:MissingTimeout\") void a() {} } } | 4:50",
                "class Jobs { @SuppressWarnings(\"plimsoll:SelfInvocation\") void a() {} } | 4:32",
                "class Jobs { void a() { @SuppressWarnings(\"plimsoll:SelfInvocation\") int i = 1; } } | 4:43",
                "class Jobs { @SuppressWarnings({\"x\", \"plimsoll:SelfInvocation\"}) class In {} } | 4:38",
                "class Jobs { @SuppressWarnings(P.S) void a() {} class P { static final String S = \"plimsoll:SelfInvocation\"; } } | 4:42",
                "@SuppressWarnings(\"plimsoll:SelfInvocation\") class Jobs { void a() {} } | 4:19",
            })
    void whereverItStands(String code, String place) {
        assertThat(Javac.compile(IMPORTS + code).findings()).containsExactly("warning UnusedSuppression " + place);
    }

    @Test
    void ofTwoTheInnerOneIsUsed() {
        assertThat(Javac.compile(IMPORTS + """
                @SuppressWarnings("plimsoll:MissingTimeout")
                class Jobs {
                    @SuppressWarnings("plimsoll:MissingTimeout") @Scheduled void run() {}
                }
                """).findings()).containsExactly("warning UnusedSuppression 4:19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Jobs { @SuppressWarnings(\"plimsoll:MissingTimeout\") @Scheduled void run() {} }",
                "@SuppressWarnings(\"plimsoll:MissingTimeout\") class Jobs { @Scheduled void run() {} }",
                "class Jobs { @SuppressWarnings(\"plimsoll:SelfInvocation\") void a() { b(); } @Timeout(\"1s\") void b() {} }",
                "class Jobs { void a() { @SuppressWarnings(\"plimsoll:SelfInvocation\") Runnable r = this::b; } @Timeout(\"1s\") void b() {} }",
                "@SuppressWarnings(\"unused\") class Jobs { }",
                "@SuppressWarnings({}) class Jobs { }",
                "record Jobs(@SuppressWarnings(\"plimsoll:MissingTimeout\") int a) {}",
                "@SuppressWarnings({\"plimsoll:MissingTimeout\", \"plimsoll:UnusedSuppression\"}) class Jobs { }",
                "@SuppressWarnings(\"plimsoll:UnusedSuppression\") class Jobs { @SuppressWarnings(\"plimsoll:SelfInvocation\") void a() {} }",
            })
    void oneThatIsUsedPasses(String code) {
        assertThat(Javac.compile(IMPORTS + code).findings()).isEmpty();
    }

    @Test
    void whatAnotherProfileMayNeedIsLeftAlone() {
        String code = "@SuppressWarnings(\"plimsoll:MissingTimeout\") class Jobs {}";

        assertThat(Javac.compile(List.of("-Aplimsoll.rule.MissingTimeout=off"), IMPORTS + code)
                        .findings())
                .isEmpty();
        assertThat(Javac.compile(List.of("-Aplimsoll.rule.UnusedSuppression=off"), IMPORTS + code)
                        .findings())
                .isEmpty();
    }

    @Test
    void oneOfARuleThatWasNotAskedIsNotJudged() {
        assertThat(Javac.compile(
                                List.of("-XDshould-stop.ifError=INIT"),
                                IMPORTS + "@SuppressWarnings(\"plimsoll:SelfInvocation\")"
                                        + " class Jobs { @Scheduled void a() {} }")
                        .findings())
                .containsExactly("error MissingTimeout 4:75");
    }

    @Test
    void severityFollowsTheBuild() {
        assertThat(Javac.compile(
                                List.of("-Aplimsoll.rule.UnusedSuppression=error"),
                                "@SuppressWarnings(\"plimsoll:MissingTimeout\") class Jobs {}")
                        .findings())
                .containsExactly("error UnusedSuppression 1:19");
    }
}
