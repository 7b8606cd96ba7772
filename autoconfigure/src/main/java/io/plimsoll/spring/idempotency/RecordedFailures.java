package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The failures of one method that are answers: written down, and thrown again. Which classes those are comes from the
 * annotation, never from what is stored. Thread-safe.
 */
final class RecordedFailures {

    /** Of an application that records none. */
    static final RecordedFailures NONE = new RecordedFailures(Map.of(), FailureShape.NONE);

    private static final String PROBE = "a message that comes back as it is";

    private final Map<String, Constructor<? extends Throwable>> byMessage;
    private final FailureShape problems;

    private RecordedFailures(Map<String, Constructor<? extends Throwable>> byMessage, FailureShape problems) {
        this.byMessage = byMessage;
        this.problems = problems;
    }

    /**
     * @param problems those that carry a problem, where there is Spring's web
     * @throws BrokenPromiseException if one of them could not be thrown again as it was
     */
    static RecordedFailures of(String method, Class<?>[] declared, FailureShape problems) {
        Map<String, Constructor<? extends Throwable>> byMessage = new LinkedHashMap<>();
        boolean some = false;
        for (Class<?> each : declared) {
            some |= problems.fits(each);
            if (!problems.fits(each)) {
                byMessage.put(each.getName(), constructor(method, each.asSubclass(Throwable.class)));
            }
        }
        return declared.length == 0
                ? NONE
                : new RecordedFailures(byMessage, some ? problems.only(declared) : FailureShape.NONE);
    }

    /** Tried, not believed: a constructor may take a text for something else than the message. */
    private static <T extends Throwable> Constructor<T> constructor(String method, Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(String.class);
            if (PROBE.equals(BeanUtils.instantiateClass(constructor, PROBE).getMessage())) {
                return constructor;
            }
        } catch (NoSuchMethodException | RuntimeException e) {
            // Told below.
        }
        throw new BrokenPromiseException(
                "recordFailures of @Idempotent on " + method + " names " + type.getName()
                        + ", which cannot be thrown again from its message alone.",
                "Give it a constructor that takes the message and nothing else, or make it an ErrorResponseException,"
                        + " whose problem is recorded.");
    }

    /**
     * What is to be kept of a failure.
     *
     * @return null if it is none of these
     */
    @Nullable
    JsonNode write(Throwable failure, JsonMapper mapper) {
        JsonNode problem = problems.write(failure, mapper);
        if (problem != null) {
            return problem;
        }
        return byMessage.containsKey(failure.getClass().getName())
                ? mapper.getNodeFactory().objectNode().put("message", failure.getMessage())
                : null;
    }

    /**
     * The failure that was kept.
     *
     * @param type the name of its class
     * @return null if the method does not record it any more
     */
    @Nullable
    Throwable read(String type, JsonNode kept, JsonMapper mapper) {
        Constructor<? extends Throwable> constructor = byMessage.get(type);
        if (constructor == null) {
            return problems.read(kept, mapper);
        }
        return BeanUtils.instantiateClass(
                constructor, kept.path("message").asStringOpt().orElse(null));
    }
}
