package io.plimsoll.spring.timeout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts in {@code plimsoll.timeout.wire}, by result: {@code in_time} or {@code late}. */
final class MicrometerWireReport implements WireReport {

    private final Counter inTime;
    private final Counter late;

    MicrometerWireReport(MeterRegistry registry) {
        this.inTime = counter(registry, "in_time");
        this.late = counter(registry, "late");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("plimsoll.timeout.wire")
                .description("Requests that came with a budget, by whether they ended within it")
                .tag("result", result)
                .register(registry);
    }

    @Override
    public void ended(boolean isLate) {
        (isLate ? late : inTime).increment();
    }
}
