package io.plimsoll.processor.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;

class BlankTopicTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            """;

    @Test
    void aTopicThatIsBlankIsShownWhereItIs() {
        Javac.Result result = Javac.compile(HEAD + """
                @Outboxed(topic = "") @EventType(name = "a", version = 1) record Placed() {}
                @io.plimsoll.timeout.NoTimeout(reason = "a test")
                class Orders {
                    @Outboxed(topic = " ") Placed place() { return null; }
                    @OutboxListener(topic = "  ") void on(Placed event) {}
                    @Own void owned(Placed event) {}
                    @OutboxListener(topic = "orders") void good(Placed event) {}
                }
                @OutboxListener(topic = "") @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                @interface Own {}
                """);

        assertThat(result.findings())
                .containsExactly(
                        "error BlankTopic 3:19",
                        "error BlankTopic 6:23",
                        "error BlankTopic 7:29",
                        "error BlankTopic 8:5",
                        "error BlankTopic 11:25");
        assertThat(result.messages().get(1))
                .isEqualTo("[BlankTopic] The topic of @Outboxed on place is blank. Nobody would receive the event. Fix:"
                        + " topic = \"orders\". See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/BlankTopic.md");
        assertThat(result.messages().get(2)).contains("@OutboxListener on on is blank. It would receive no event.");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(HEAD + "@SuppressWarnings(\"plimsoll:BlankTopic\") @Outboxed(topic = \"\")"
                                + " @EventType(name = \"a\", version = 1) record Placed() {}")
                        .findings())
                .isEmpty();
    }
}
