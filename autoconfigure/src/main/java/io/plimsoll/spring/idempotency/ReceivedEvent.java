package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.StoreUnavailableException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The message that a listener's thread is working on. Confined to the thread. */
final class ReceivedEvent {

    /** CloudEvents over Kafka and AMQP, and what else is common. The first that a message has is its id. */
    static final List<String> ID_HEADERS = List.of(
            "ce_id", "ce-id", "cloudEvents:id", "cloudEvents_id", "plimsoll-event-id", "event-id", "message-id");

    /** An id of CloudEvents is unique within its source. */
    private static final List<String> SOURCE_HEADERS =
            List.of("ce_source", "ce-source", "cloudEvents:source", "cloudEvents_source");

    private static final ThreadLocal<@Nullable ReceivedEvent> CURRENT = new ThreadLocal<>();

    private final Function<String, @Nullable String> headers;

    private ReceivedEvent(Function<String, @Nullable String> headers) {
        this.headers = headers;
    }

    private @Nullable String first(List<String> names) {
        for (String name : names) {
            String value = headers.apply(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    static @Nullable ReceivedEvent current() {
        return CURRENT.get();
    }

    /** Null if it has none. */
    @Nullable
    String source() {
        return first(SOURCE_HEADERS);
    }

    /** Null if it has none. */
    @Nullable
    String id() {
        return first(ID_HEADERS);
    }

    /** Says so, and knows what must come again. */
    static final class OfThread implements ListenerEvents {

        @Override
        public void begin(Function<String, @Nullable String> headers) {
            CURRENT.set(new ReceivedEvent(headers));
        }

        @Override
        public void end() {
            CURRENT.remove();
        }

        @Override
        public boolean mustComeAgain(Throwable failure) {
            return Causes.any(
                    failure,
                    each -> each instanceof CallInFlightException || each instanceof StoreUnavailableException);
        }
    }
}
