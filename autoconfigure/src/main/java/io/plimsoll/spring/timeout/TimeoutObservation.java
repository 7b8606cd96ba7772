package io.plimsoll.spring.timeout;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.companion.DurationParser;
import io.plimsoll.timeout.TimeoutExceededException;
import java.util.function.Supplier;

/**
 * An Observation {@code plimsoll.timeout} for each call that was cut, below the one that is current: a counter by
 * method and sort of call, and a span that says where the time went. Calls that end in time are not observed: that
 * would cost more than their budget does.
 */
final class TimeoutObservation implements TimeoutReport {

    private final Supplier<ObservationRegistry> registry;

    TimeoutObservation(Supplier<ObservationRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void cut(TimeoutExceededException failure) {
        // Callers bring any number of milliseconds: each would be a series of its own.
        String budget =
                failure.method().equals(IncomingBudget.CALLER) ? "any" : DurationParser.format(failure.budget());
        Observation observation = Observation.createNotStarted("plimsoll.timeout", registry.get())
                .lowCardinalityKeyValue(KeyValue.of("method", failure.method()))
                .lowCardinalityKeyValue(KeyValue.of("budget", budget))
                .lowCardinalityKeyValue(KeyValue.of("call", failure.kind()))
                .highCardinalityKeyValue(KeyValue.of("activity", failure.activity()))
                .highCardinalityKeyValue(KeyValue.of("elapsed", DurationParser.format(failure.elapsed())))
                .start();
        observation.error(failure);
        observation.stop();
    }
}
