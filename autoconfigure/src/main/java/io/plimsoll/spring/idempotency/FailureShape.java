package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Failures that carry more than a message, written down and thrown again. Thread-safe. */
interface FailureShape {

    /** Where there is no web, there are none. */
    FailureShape NONE = new FailureShape() {

        @Override
        public boolean fits(Class<?> type) {
            return false;
        }

        @Override
        public FailureShape only(Class<?>[] declared) {
            return this;
        }

        @Override
        public @Nullable JsonNode write(Throwable failure, JsonMapper mapper) {
            return null;
        }

        @Override
        public @Nullable Throwable read(JsonNode kept, JsonMapper mapper) {
            return null;
        }
    };

    boolean fits(Class<?> type);

    /** This shape, for failures of these classes and no others. */
    FailureShape only(Class<?>[] declared);

    /** @return null if the failure is none of these */
    @Nullable
    JsonNode write(Throwable failure, JsonMapper mapper);

    /** @return null if what was kept is none of these */
    @Nullable
    Throwable read(JsonNode kept, JsonMapper mapper);
}
