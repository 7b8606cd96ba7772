package io.plimsoll.processor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentReadOnlyTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import org.springframework.transaction.annotation.*;
            """;

    @Test
    void aReadOnlyTransactionIsShownAtThePromise() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Orders {
                    @Transactional(readOnly = true)
                    @Idempotent(key = "#id")
                    void find(String id) {}
                }
                """);

        assertThat(result.findings()).containsExactly("error IdempotentReadOnly 6:5");
        assertThat(result.messages().get(0))
                .startsWith("[IdempotentReadOnly] Orders.find is @Idempotent in a read-only transaction. Its outcome is"
                        + " recorded in that very transaction, and the database would refuse to write it. Fix: delete"
                        + " @Idempotent if the method only reads, or else readOnly = true. See: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Transactional(readOnly = true) class A { @Idempotent(key = \"#id\") void a(int id) {} }",
                "@Transactional(readOnly = true) class B {} class A extends B { @Idempotent(key = \"#id\") void a(int id) {} }",
                "class A implements B { @Idempotent(key = \"#id\") public void a(int id) {} }"
                        + " interface B { @Transactional(readOnly = true) void a(int id); }",
                "class A implements B { @Transactional(readOnly = true) public void a(int id) {} }"
                        + " interface B { @Idempotent(key = \"#id\") void a(int id); }",
                "class A { @Read @Idempotent(key = \"#id\") void a(int id) {} } @Transactional(readOnly = true)"
                        + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Read {}",
            })
    void wherEverItIsReadOnly(String code) {
        assertThat(Javac.compile(IMPORTS + code).findings())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("error IdempotentReadOnly 4:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Transactional(readOnly = true) class A { @Transactional @Idempotent(key = \"#id\") void a(int id) {} }",
                "@Transactional class A { @Idempotent(key = \"#id\") void a(int id) {} }",
                "class A { @Idempotent(key = \"#id\") void a(int id) {} @Transactional(readOnly = true) void b() {} }",
            })
    void theInnermostDeclarationCounts(String code) {
        assertThat(Javac.compile(IMPORTS + code).findings()).isEmpty();
    }

    @Test
    void aRepositoryIsNoPlaceForIt() {
        Javac.Result result = Javac.compile(
                "package org.springframework.data.repository;\npublic interface Repository<T, I> {}",
                "package org.springframework.data.repository;\n"
                        + "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)\n"
                        + "public @interface RepositoryDefinition {}",
                IMPORTS + """
                        interface Orders extends org.springframework.data.repository.Repository<String, Long> {
                            @Idempotent(key = "#id") void save(int id);
                        }
                        @org.springframework.data.repository.RepositoryDefinition interface Others {
                            @Idempotent(key = "#id") void save(int id);
                        }
                        """);

        assertThat(result.findings()).containsExactly("error IdempotentReadOnly 5:5", "error IdempotentReadOnly 8:5");
        assertThat(result.messages().get(0)).contains("Fix: move @Idempotent to the service method that calls it.");
    }

    @Test
    void anOutboxedMethodIsHeldToTheSame() {
        Javac.Result result = Javac.compile(
                "package org.springframework.data.repository;\npublic interface Repository<T, I> {}", IMPORTS + """
                        @io.plimsoll.outbox.EventType(name = "a", version = 1) record Placed() {}
                        class Orders {
                            @io.plimsoll.outbox.Outboxed(topic = "o") @Transactional(readOnly = true)
                            Placed find() { return null; }
                            @io.plimsoll.outbox.Outboxed(topic = "o") @Transactional Placed place() { return null; }
                        }
                        interface Rows extends org.springframework.data.repository.Repository<String, Long> {
                            @io.plimsoll.outbox.Outboxed(topic = "o") Placed save(int id);
                        }
                        """);

        assertThat(result.findings()).hasSize(2).allMatch(each -> each.startsWith("error IdempotentReadOnly "));
        assertThat(result.messages().get(0))
                .contains("Orders.find is @Outboxed in a read-only transaction. Its event is written in that very"
                        + " transaction, and the database would refuse it. Fix: delete @Outboxed if the method only reads,"
                        + " or else readOnly = true.");
        assertThat(result.messages().get(1))
                .contains("Rows.save is @Outboxed and belongs to a Spring Data repository.")
                .contains("Fix: move @Outboxed to the service method that calls it.");
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile(IMPORTS + "class A { @SuppressWarnings(\"plimsoll:IdempotentReadOnly\")"
                                + " @Transactional(readOnly = true) @Idempotent(key = \"#id\") void a(int id) {} }")
                        .findings())
                .isEmpty();
    }
}
