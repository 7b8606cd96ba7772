package io.plimsoll.spring.outbox;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;

/**
 * Writes the events of a transaction when it is about to commit, after all that may still publish. The persistence context is
 * flushed first: the rows that its updates lock are locked before an event has its id, so that two transactions about one row
 * have their events in the order of their commits.
 */
final class EventWriter implements TransactionExecutionListener {

    private final Supplier<OutboxStore> store;

    EventWriter(Supplier<OutboxStore> store) {
        this.store = store;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (!transaction.isNewTransaction() || transaction.isReadOnly() || transaction.isRollbackOnly()) {
            return;
        }
        EventBuffer buffer = EventBuffer.find();
        if (buffer == null) {
            return;
        }
        if (transaction instanceof TransactionStatus status) {
            status.flush();
        }
        List<EventRow> events = buffer.drain();
        if (!events.isEmpty()) {
            store.get().write(events);
        }
    }
}
