package io.plimsoll.outbox.sink;

/** What a sink says of the messages that it was given: one answer for each, from any thread. Thread-safe. */
public interface Deliveries {

    /**
     * Whether the next message may be handed over. To be asked right before: once it says no another instance may be at it, and
     * a message that is sent now could come after its successors. What was not handed over is {@link #notDelivered}.
     */
    boolean mayStillSend();

    /** The receiver has it, and will not forget it. */
    void delivered(OutboxMessage message);

    /**
     * The receiver has it not, or nobody knows. It is delivered again later, and with it all that come after it in its bucket.
     *
     * @param why for people; no key and nothing of the payload
     */
    void notDelivered(OutboxMessage message, String why);
}
