package io.plimsoll.spring.outbox.waves;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands messages over to a receiver that answers later, many at once and never two of one key: what is sent ahead of an answer
 * cannot be unsent if that is a no. Thread-safe.
 */
public interface Waves extends AutoCloseable {

    /**
     * @param name of the sink, for the names of threads
     * @param atOnce how many messages of a batch may be without an answer
     * @param times of a batch
     */
    static Waves of(String name, int atOnce, Times times) {
        return new KeyedWaves(name, atOnce, times);
    }

    /** Returns at once; all are answered when the time of a batch is over. */
    void send(List<OutboxMessage> messages, Deliveries answers, Handover handover);

    /** Nothing is handed over any more. */
    @Override
    void close();

    /** Hands the messages of a batch over. */
    interface Handover {

        /**
         * May block for a little while, which counts as time of the batch.
         *
         * @param outcome to be told once, by any thread
         * @throws Exception counts as {@link Outcome.Kind#FAILED}, but for those of the SPI
         */
        void start(OutboxMessage message, Consumer<Outcome> outcome) throws Exception;

        /** Nothing of the batch counts any more: all have their outcome, or the time is over. Must not block. */
        default void over() {}
    }

    /**
     * How long a batch may take.
     *
     * @param handover how long messages are handed over
     * @param whole when all that have no answer are given one
     */
    record Times(Duration handover, Duration whole) {}

    /**
     * What became of a message.
     *
     * @param why for people; no key and nothing of the payload
     */
    record Outcome(Kind kind, String why) {

        /** See {@link Deliveries}. */
        public enum Kind {
            DELIVERED,
            FAILED,
            REJECTED,
            UNAVAILABLE
        }

        public static Outcome delivered() {
            return new Outcome(Kind.DELIVERED, "");
        }

        public static Outcome failed(String why) {
            return new Outcome(Kind.FAILED, why);
        }

        public static Outcome rejected(String why) {
            return new Outcome(Kind.REJECTED, why);
        }

        public static Outcome unavailable(String why) {
            return new Outcome(Kind.UNAVAILABLE, why);
        }
    }
}
