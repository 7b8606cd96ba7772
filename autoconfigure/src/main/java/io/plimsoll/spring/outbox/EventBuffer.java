package io.plimsoll.spring.outbox;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The events of one transaction, until it writes them. Bound to it: suspended with it, cut with its savepoints. Confined to its
 * thread.
 */
final class EventBuffer implements TransactionSynchronization {

    private static final Log log = LogFactory.getLog(EventBuffer.class);

    private final Consumer<List<EventRow>> committed;
    private final List<EventRow> waiting = new ArrayList<>();
    private final List<EventRow> written = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();
    private @Nullable IllegalStateException refusal;
    private int refusedAt;

    private EventBuffer(Consumer<List<EventRow>> committed) {
        this.committed = committed;
    }

    /**
     * That of the thread's transaction; made if there is none yet.
     *
     * @param committed told what was written, once it has committed
     */
    static EventBuffer of(Consumer<List<EventRow>> committed) {
        EventBuffer buffer = find();
        if (buffer == null) {
            buffer = new EventBuffer(committed);
            TransactionSynchronizationManager.bindResource(EventBuffer.class, buffer);
            TransactionSynchronizationManager.registerSynchronization(buffer);
        }
        return buffer;
    }

    static @Nullable EventBuffer find() {
        return (EventBuffer) TransactionSynchronizationManager.getResource(EventBuffer.class);
    }

    void add(EventRow event) {
        waiting.add(event);
    }

    /**
     * An event could not be published, whose method has promised it: the transaction must not commit without.
     *
     * @param method for people
     */
    void refuse(String method, RuntimeException cause) {
        refusedAt = waiting.size();
        refusal = new IllegalStateException(
                method + " is @Outboxed and its event could not be published. What it did is rolled back with it.",
                cause);
    }

    /** What is to be written now. */
    List<EventRow> drain() {
        if (refusal != null) {
            throw refusal;
        }
        List<EventRow> all = List.copyOf(waiting);
        written.addAll(all);
        waiting.clear();
        return all;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(EventBuffer.class);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(EventBuffer.class, this);
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, waiting.size());
    }

    /** What was published since is rolled back. One from before the first event takes all. */
    @Override
    public void savepointRollback(Object savepoint) {
        int before = savepoints.getOrDefault(savepoint, 0);
        waiting.subList(before, waiting.size()).clear();
        if (refusedAt >= before) {
            refusal = null;
        }
    }

    @Override
    public void afterCommit() {
        committed.accept(written);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(EventBuffer.class);
        if (status == STATUS_COMMITTED && !waiting.isEmpty()) {
            log.error(waiting.size()
                    + " events are lost: their transaction has committed without writing them, because they"
                    + " were published when it was about to, or because its manager has no listeners");
        }
    }
}
