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

    private final @Nullable String source;
    private final @Nullable String id;

    private ReceivedEvent(@Nullable String source, @Nullable String id) {
        this.source = source;
        this.id = id;
    }

    private static @Nullable String first(List<String> names, Function<String, @Nullable String> headers) {
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
        return source;
    }

    /** Null if it has none. */
    @Nullable
    String id() {
        return id;
    }

    /** Says so, and knows what must come again. */
    static final class OfThread implements ListenerEvents {

        @Override
        public void begin(Function<String, @Nullable String> headers) {
            CURRENT.set(new ReceivedEvent(first(SOURCE_HEADERS, headers), first(ID_HEADERS, headers)));
        }

        @Override
        public void end() {
            CURRENT.remove();
        }

        @Override
        public boolean mustComeAgain(Throwable failure) {
            for (Throwable each = failure; each != null; each = each.getCause() == each ? null : each.getCause()) {
                if (each instanceof CallInFlightException || each instanceof StoreUnavailableException) {
                    return true;
                }
            }
            return false;
        }
    }
}
