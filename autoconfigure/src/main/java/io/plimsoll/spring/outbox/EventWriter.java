package io.plimsoll.spring.outbox;

import io.plimsoll.spring.jdbc.StoreDataSource;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;

/**
 * Writes the events of a transaction when it is about to commit, after all that may still publish. The persistence context is
 * flushed first: the rows that its updates lock are locked before an event has its id, so that two transactions about one row
 * have their events in the order of their commits.
 */
final class EventWriter implements TransactionExecutionListener {

    private final Supplier<TransactionalOutbox> outbox;

    EventWriter(Supplier<TransactionalOutbox> outbox) {
        this.outbox = outbox;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (!transaction.isNewTransaction() || transaction.isReadOnly() || transaction.isRollbackOnly()) {
            return;
        }
        EventBuffer buffer = EventBuffer.find(TransactionalOutbox.RESOURCE);
        if (buffer == null) {
            return;
        }
        if (transaction instanceof TransactionStatus status) {
            status.flush();
        }
        List<EventRow> events = buffer.drain();
        if (!events.isEmpty()) {
            outbox.get().write(events);
        }
    }

    /** On what, by whom: the thread's own connection. */
    static void write(StoreDataSource source, OutboxDialect dialect, List<EventRow> events) {
        if (!source.isInTransaction()) {
            throw new IllegalStateException(
                    "The transaction that is about to commit is none on the DataSource of the outbox,"
                            + " so it could not take its " + events.size()
                            + " events along. Publish in a transaction of that"
                            + " DataSource.");
        }
        dialect.insert(new JdbcTemplate(source.dataSource()), events);
    }
}
