package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Marked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoverMismatchTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import java.util.*;
            """;

    private static final String PROMISE = "@Idempotent(key = \"#a\", mode = Mode.LEASE, recover = ^\"find\") ";

    @Test
    void itIsShownAtTheNameAndSaysWhatToDeclare() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    @Idempotent(key = "#number", mode = Mode.LEASE, recover = "fnd")
                    List<String> place(String number, int count) { return List.of(number); }
                    Recovered<List<String>> find(String number, int count) { return Recovered.unknown(); }
                }
                """);

        assertThat(result.findings()).containsExactly("error RecoverMismatch 5:63");
        assertThat(result.messages().get(0))
                .startsWith(
                        "[RecoverMismatch] Orders.place would ask fnd what became of a call, which is not there; did"
                                + " you mean find? Without it the outcome of a call whose holder died stays unknown, and the"
                                + " application would not start. Fix: Recovered<List<String>> fnd(String number, int count). See: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void a(String a) {} void find(String a) {}",
                "void a(String a) {} Recovered<Void> find() { return null; }",
                "void a(String a) {} Recovered<Void> find(Object a) { return null; }",
                "void a(String a) {} Recovered<Void> find(String a, String b) { return null; }",
                "String a(String a) { return a; } Recovered<Integer> find(String a) { return null; }",
                "String a(String a) { return a; } Optional<String> find(String a) { return null; }",
                "int a(String a) { return 1; } Recovered<Long> find(String a) { return null; }",
                "String a(String a) { return a; } static Recovered<String> find(String a) { return null; }",
            })
    void whatDoesNotFit(String members) {
        Marked marked = Marked.of(IMPORTS + "class Orders { " + PROMISE + members + " }");

        assertThat(Javac.compile(marked.source()).findings()).isEqualTo(marked.findings("error RecoverMismatch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void a(String a) {} Recovered<Void> find(String a) { return null; }",
                "void a(String a) {} Recovered<?> find(String a) { return null; }",
                "int a(String a) { return 1; } private Recovered<Integer> find(String b) { return null; }",
                "List<String> a(String a) { return null; } Recovered<List<String>> find(String a) { return null; }",
                "String a(String a, List<String> b) { return a; }"
                        + " Recovered<String> find(String a, List<String> b) { return null; }",
                "void a(String a) {} void find() {} Recovered<Void> find(String a) { return null; }",
            })
    void whatFits(String members) {
        Marked marked = Marked.of(IMPORTS + "class Orders { " + PROMISE + members + " }");

        assertThat(Javac.compile(marked.source()).findings()).isEmpty();
    }

    @Test
    void aMethodOfASuperclassWillDo() {
        assertThat(Javac.compile(IMPORTS + """
                        abstract class Base { Recovered<Void> find(String a) { return null; } }
                        class Orders extends Base {
                            @Idempotent(key = "#a", mode = Mode.LEASE, recover = "find") void a(String a) {}
                        }
                        """).findings()).isEmpty();
    }

    @Test
    void whereTheClassIsNotKnownNothingIsSaid() {
        assertThat(Javac.compile(IMPORTS + """
                        interface Orders {
                            @Idempotent(key = "#a", mode = Mode.LEASE, recover = "find") void a(String a);
                        }
                        """).findings()).isEmpty();
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(List.of(), IMPORTS + """
                        class Orders {
                            @SuppressWarnings("plimsoll:RecoverMismatch")
                            @Idempotent(key = "#a", mode = Mode.LEASE, recover = "find") void a(String a) {}
                        }
                        """).findings()).isEmpty();
    }
}
