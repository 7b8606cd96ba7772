package io.plimsoll.spring.outbox;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Deletes what was delivered, off the threads that send: all that has come together in one transaction. Until the database has
 * said that it is gone nothing of its bucket is read again. Runs on one thread.
 */
final class Acknowledger implements Runnable {

    private static final Log log = LogFactory.getLog(Acknowledger.class);
    private static final long PAUSE_MILLIS = 200;

    private final OutboxStore store;
    private final Horizon horizon;
    private final Lanes lanes;
    private final BlockingQueue<Sending> answered = new LinkedBlockingQueue<>();

    Acknowledger(OutboxStore store, Horizon horizon, Lanes lanes) {
        this.store = store;
        this.horizon = horizon;
        this.lanes = lanes;
    }

    void add(Sending sending) {
        answered.add(sending);
    }

    /** Until the lanes are closed and all that was answered is gone. */
    @Override
    public void run() {
        try {
            while (lanes.isOpen() || !answered.isEmpty()) {
                Sending next = answered.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    List<Sending> all = new ArrayList<>();
                    all.add(next);
                    answered.drainTo(all);
                    delete(all);
                    all.forEach(this::done);
                    lanes.signal();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void done(Sending sending) {
        if (sending.hasFailed()) {
            lanes.failed(sending.held(), !sending.delivered().isEmpty());
        } else {
            lanes.idle(sending.held());
        }
    }

    private void delete(List<Sending> all) {
        if (all.stream().allMatch(sending -> sending.delivered().isEmpty())) {
            return;
        }
        while (true) {
            try {
                boolean wanted = store.hasHorizon() && horizon.wantsCandidate();
                Horizon.@Nullable Candidate candidate = store.apart()
                        .inTransaction(Connection.TRANSACTION_READ_COMMITTED, (jdbc, status) -> {
                            if (wanted) {
                                return new Deleted(Horizon.around(jdbc, () -> delete(jdbc, all)));
                            }
                            delete(jdbc, all);
                            return new Deleted(null);
                        })
                        .candidate();
                if (candidate != null) {
                    horizon.committed(candidate);
                }
                return;
            } catch (DataAccessException | TransactionException e) {
                horizon.reset();
                log.warn("Events that were delivered could not be deleted; it is tried again", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private record Deleted(Horizon.@Nullable Candidate candidate) {}

    private void delete(JdbcTemplate jdbc, List<Sending> all) {
        for (Sending sending : all) {
            List<Long> ids = sending.delivered();
            if (!ids.isEmpty()) {
                store.dialect().delete(jdbc, sending.held().bucket(), ids);
            }
        }
    }
}
