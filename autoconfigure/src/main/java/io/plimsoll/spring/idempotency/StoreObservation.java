package io.plimsoll.spring.idempotency;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.idempotency.store.LeaseClaim;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes every operation of a store an {@link Observation}: operation and result, never data. Thread-safe. */
final class StoreObservation {

    static final String NAME = "plimsoll.idempotency.store";

    private final ObservationRegistry registry;

    StoreObservation(ObservationRegistry registry) {
        this.registry = registry;
    }

    <T> T observe(String operation, Supplier<T> work) {
        Observation observation = Observation.createNotStarted(NAME, registry)
                .contextualName("idempotency " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .lowCardinalityKeyValue("result", "failed");
        return Objects.requireNonNull(observation.observe(() -> {
            T result = work.get();
            observation.lowCardinalityKeyValue("result", result(result));
            return result;
        }));
    }

    private static String result(Object result) {
        if (result instanceof Claim.Granted || result instanceof LeaseClaim.Granted) {
            return "granted";
        }
        if (result instanceof Claim.InFlight || result instanceof LeaseClaim.Running) {
            return "in_flight";
        }
        if (result instanceof Claim.Recorded || result instanceof LeaseClaim.Recorded) {
            return "found";
        }
        if (result instanceof LeaseClaim.Unknown) {
            return "unknown";
        }
        return result instanceof Boolean ? result.toString() : "done";
    }
}
