package io.plimsoll.outbox.sink;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sink says of the messages that it was given: one answer for each, from any thread; of several to one message the first
 * counts. Thread-safe.
 */
public interface Deliveries {

    /**
     * Whether the next message may be handed over. To be asked right before: once it says no another instance may be at it, and
     * a message that is sent now could come after its successors. What was not handed over is {@link #notSent}.
     */
    boolean mayStillSend();

    /** The receiver has it, and will not forget it. */
    void delivered(OutboxMessage message);

    /** It was not tried: the lease is nearly over, or one before it of its key did not get through. It comes again. */
    void notSent(OutboxMessage message);

    /**
     * This message did not get through this time, or nobody knows. Its key is taken out of the way of others and tried again
     * after a pause; what is to be done when that has happened too often is the policy of its topic.
     *
     * @param why for people; no key and nothing of the payload
     */
    void failed(OutboxMessage message, String why);

    /**
     * This message will never get through: it is too large, it cannot be read. Nobody tries again unless told to.
     *
     * @param why for people; no key and nothing of the payload
     */
    void rejected(OutboxMessage message, String why);

    /**
     * The receiver as a whole cannot be reached. It says nothing of a message: all that have no answer are {@link #notSent}, and
     * the sink is left alone for a while. However long it takes, nothing is given up.
     *
     * @param why for people
     */
    void unavailable(String why);

    /** Delivers one message. */
    @FunctionalInterface
    interface Delivery {

        /**
         * Returns once the receiver has it.
         *
         * @throws RejectedMessageException if it will never get through
         * @throws SinkUnavailableException if nothing gets through
         * @throws Exception if this one does not, this time
         */
        void deliver(OutboxMessage message) throws Exception;
    }

    /** Delivers messages one after another, and gives each its answer: after one that does not get through none of its key. */
    default void oneByOne(List<OutboxMessage> messages, Delivery delivery) throws InterruptedException {
        Set<String> stuck = new HashSet<>();
        for (OutboxMessage message : messages) {
            if (stuck.contains(message.orderingKey()) || !mayStillSend()) {
                notSent(message);
                stuck.add(message.orderingKey());
                continue;
            }
            try {
                delivery.deliver(message);
                delivered(message);
            } catch (InterruptedException e) {
                throw e;
            } catch (SinkUnavailableException e) {
                unavailable(String.valueOf(e.getMessage()));
                return;
            } catch (RejectedMessageException e) {
                rejected(message, String.valueOf(e.getMessage()));
                stuck.add(message.orderingKey());
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) { // An Error as well: it may be the message that is to blame.
                failed(message, Causes.of(e));
                stuck.add(message.orderingKey());
            }
        }
    }
}
