package io.plimsoll.processor.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.companion.NullValueException;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.processor.Javac;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxedFactTest {

    private static final String HEAD = """
            package com.acme;
            import io.plimsoll.outbox.*;
            import java.util.*;
            @EventType(name = "placed", version = 1) record Placed(String order, double total) {}
            record Order(String id, Placed event, List<Placed> events) {}
            """;

    /** What was compiled, loaded once. */
    private record Loaded(ClassLoader loader) {

        static Loaded of(Javac.Result result) {
            assertThat(result.findings()).isEmpty();
            return new Loaded(result.load("com.acme.Placed").getClassLoader());
        }

        CompiledOutboxed fact(String type) throws ReflectiveOperationException {
            Companion companion = (Companion) loader.loadClass("com.acme." + type + "_Plimsoll")
                    .getConstructor()
                    .newInstance();
            CompiledSite site = companion.sites().get(0);
            return Objects.requireNonNull(site.fact(CompiledOutboxed.class));
        }

        Object create(String type, Object... arguments) throws ReflectiveOperationException {
            Constructor<?> constructor = loader.loadClass("com.acme." + type).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        }
    }

    private static Loaded load(String code) {
        return Loaded.of(Javac.compile(List.of("-Werror"), HEAD + code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#event.order | Placed",
                "#event.order | List<Placed>",
                "#event.order | Iterable<? extends Placed>",
                "#event.order | Placed[]",
                "#event.order | Optional<Placed>",
                "#event?.order | Set<Placed>",
                "{#tenant, #event.order} | Placed",
                "#tenant + #result.size() + #event.order | List<Placed>",
            })
    void theKeyIsReadFromArgumentsThenTheResultThenTheEvent(String key, String result)
            throws ReflectiveOperationException {
        Loaded compiled = load("class Orders { @Outboxed(topic = \"orders\", key = \"" + key + "\") " + result
                + " place(String tenant) { return null; } }");

        CompiledOutboxed fact = compiled.fact("Orders");
        Object event = compiled.create("Placed", "o-1", 1.5);

        assertThat(fact.topic()).isEqualTo("orders");
        assertThat(fact.payload()).isNull();
        assertThat(Objects.requireNonNull(fact.key()).evaluate(new Object[] {"t", List.of(event), event}))
                .isEqualTo(key.contains("size") ? "t1o-1" : key.contains("{") ? List.of("t", "o-1") : "o-1");
    }

    @Test
    void thePayloadIsReadFromArgumentsThenTheResultAndGivesTheEventItsType() throws ReflectiveOperationException {
        Loaded compiled = load("""
                class Orders {
                    @Outboxed(topic = "orders", payload = "#result.events", key = "#event.order + #result.id")
                    Order place(String tenant) { return null; }
                }
                """);

        CompiledOutboxed fact = compiled.fact("Orders");
        Object event = compiled.create("Placed", "o-1", 1.5);
        Object order = compiled.create("Order", "-7", null, List.of(event));

        assertThat(Objects.requireNonNull(fact.payload()).evaluate(new Object[] {"t", order}))
                .isEqualTo(List.of(event));
        assertThat(Objects.requireNonNull(fact.key()).evaluate(new Object[] {"t", order, event}))
                .isEqualTo("o-1-7");
    }

    @Test
    void aPayloadMayBeNothingIfTheExpressionProvidesForIt() throws ReflectiveOperationException {
        Loaded compiled = load("""
                class Orders {
                    @Outboxed(topic = "orders", payload = "#result?.event") Order place() { return null; }
                }
                class Others {
                    @Outboxed(topic = "orders", payload = "#result.event") Order place() { return null; }
                }
                """);
        Object order = compiled.create("Order", "7", null, null);

        var lenient = Objects.requireNonNull(compiled.fact("Orders").payload());
        var strict = Objects.requireNonNull(compiled.fact("Others").payload());

        assertThat(lenient.evaluate(new Object[] {null})).isNull();
        assertThat(lenient.evaluate(new Object[] {order})).isNull();
        assertThatExceptionOfType(NullValueException.class)
                .isThrownBy(() -> strict.evaluate(new Object[] {null}))
                .withMessageContaining("#result");
    }

    @Test
    void aTypeHasACompanionWithTheEventAsItsOnlyArgument() throws ReflectiveOperationException {
        Loaded compiled = load("""
                @Outboxed(topic = "orders", key = "#event.order")
                @EventType(name = "paid", version = 1)
                record Paid(String order) {}
                """);

        CompiledOutboxed fact = compiled.fact("Paid");

        assertThat(fact.topic()).isEqualTo("orders");
        assertThat(Objects.requireNonNull(fact.key()).evaluate(new Object[] {compiled.create("Paid", "o-2")}))
                .isEqualTo("o-2");
    }

    @Test
    void aCompanionWithoutExpressionsIsData() throws ReflectiveOperationException {
        Javac.Result result = Javac.compile(
                HEAD + "@Outboxed(topic = \"orders\") @EventType(name = \"paid\", version = 1) final class Paid {}");

        assertThat(Loaded.of(result).fact("Paid")).isEqualTo(new CompiledOutboxed("orders", null, null));
        assertThat(result.compilation().generatedSourceFiles()).isEmpty();
    }

    @Test
    void aTeamsOwnAnnotationBringsItAlong() throws ReflectiveOperationException {
        Loaded compiled = load("""
                @Outboxed(topic = "orders", key = "#event.order")
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface OrderEvent {}
                @OrderEvent @EventType(name = "paid", version = 1) record Paid(String order) {}
                class Orders { @OrderEvent Placed place() { return null; } }
                """);

        assertThat(compiled.fact("Paid").key()).isNotNull();
        assertThat(compiled.fact("Orders").key()).isNotNull();
    }
}
