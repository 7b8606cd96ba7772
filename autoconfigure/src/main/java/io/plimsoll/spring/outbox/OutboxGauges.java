package io.plimsoll.spring.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** What waits in the outbox, as gauges; not a number while the database does not answer, or nobody uses it. */
final class OutboxGauges implements MeterBinder {

    private final OutboxStore store;
    private final OutboxState state;

    OutboxGauges(OutboxStore store, OutboxState state) {
        this.store = store;
        this.state = state;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "waiting",
                "Events that are not delivered; counted to a hundred thousand",
                null,
                OutboxState.Figures::waiting);
        gauge(
                registry,
                "oldest",
                "How long the oldest of them waits",
                "seconds",
                f -> f.oldest().toMillis() / 1e3);
        gauge(
                registry,
                "keys.waiting",
                "Keys of which an event did not get through",
                null,
                OutboxState.Figures::keysOutOfTheWay);
        gauge(registry, "dead.letters", "Events that were given up", null, OutboxState.Figures::deadLetters);
        gauge(
                registry,
                "oldest.snapshot",
                "How long the oldest transaction runs, which keeps what was deleted (PostgreSQL)",
                "seconds",
                f -> f.oldestSnapshot().toMillis() / 1e3);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<OutboxState.Figures> figure) {
        Gauge.builder("plimsoll.outbox." + name, () -> value(figure))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private double value(ToDoubleFunction<OutboxState.Figures> figure) {
        try {
            return store.isUsed() ? figure.applyAsDouble(state.figures()) : Double.NaN;
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
