package io.plimsoll.spring.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts in {@code plimsoll.outbox.lag} (how many were delivered, and how long after they were written), {@code
 * plimsoll.outbox.failures} and {@code plimsoll.outbox.given.up}, by sink.
 */
final class MicrometerDeliveryMeter implements DeliveryMeter {

    private final MeterRegistry registry;
    private final Map<String, Timer> lags = new ConcurrentHashMap<>();

    MicrometerDeliveryMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void delivered(String sink, List<OutboxMessage> messages) {
        Timer lag = lags.computeIfAbsent(sink, this::lag);
        Instant now = Instant.now();
        for (OutboxMessage message : messages) {
            lag.record(Duration.between(message.occurredAt(), now)); // One below zero, of another clock, is left out.
        }
    }

    private Timer lag(String sink) {
        return Timer.builder("plimsoll.outbox.lag")
                .description("From the writing of an event to the answer of its sink")
                .tag("sink", sink)
                .register(registry);
    }

    @Override
    public void failed(String sink, int messages) {
        registry.counter("plimsoll.outbox.failures", "sink", sink).increment(messages);
    }

    @Override
    public void died(String sink) {
        registry.counter("plimsoll.outbox.given.up", "sink", sink).increment();
    }
}
