package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.List;

/** Counts what becomes of events. Thread-safe. */
interface DeliveryMeter {

    DeliveryMeter NONE = new DeliveryMeter() {
        @Override
        public void delivered(String sink, List<OutboxMessage> messages) {}

        @Override
        public void failed(String sink, int messages) {}

        @Override
        public void died(String sink) {}
    };

    void delivered(String sink, List<OutboxMessage> messages);

    /** Attempts that failed; not those that were not made. */
    void failed(String sink, int messages);

    /** An event was given up. */
    void died(String sink);
}
