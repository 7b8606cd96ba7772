package io.plimsoll.spring.idempotency;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts in {@code plimsoll.idempotency.calls}, by method and result. */
final class MicrometerCallMeter implements CallMeter {

    private record Id(String method, Result result) {}

    private final MeterRegistry registry;
    private final Map<Id, Counter> counters = new ConcurrentHashMap<>();

    MicrometerCallMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void count(IdempotentMethod method, Result result) {
        counters.computeIfAbsent(new Id(method.name(), result), this::counter).increment();
    }

    private Counter counter(Id id) {
        return Counter.builder("plimsoll.idempotency.calls")
                .description("Calls of idempotent methods, by how they ended")
                .tag("method", id.method())
                .tag("result", id.result().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
