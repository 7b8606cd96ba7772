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
import org.springframework.jdbc.core.JdbcTemplate;

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
    private final String sink;
    private final DeliveryMeter meter;
    private final Settlement settlement;
    private final BlockingQueue<Sending> answered = new LinkedBlockingQueue<>();

    Acknowledger(
            OutboxStore store, Horizon horizon, Lanes lanes, String sink, DeliveryMeter meter, Settlement settlement) {
        this.sink = sink;
        this.meter = meter;
        this.store = store;
        this.horizon = horizon;
        this.lanes = lanes;
        this.settlement = settlement;
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
                    delete(all.stream()
                            .filter(sending -> sending.key() == null)
                            .filter(sending -> !sending.delivered().isEmpty())
                            .toList());
                    all.forEach(this::finish);
                    lanes.signal();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever happens, its bucket goes on: this thread is the only one that lets it. */
    private void finish(Sending sending) {
        try {
            done(sending);
        } catch (RuntimeException | Error e) {
            log.error("What became of events could not be noted; it is tried again", e);
            HeldKey key = sending.key();
            if (key == null) {
                lanes.failed(sending.held(), false);
            } else {
                lanes.done(sending.held(), key);
            }
        }
    }

    private void done(Sending sending) {
        boolean progress = !sending.delivered().isEmpty();
        meter.delivered(sink, sending.deliveredMessages());
        if (!sending.troubles().isEmpty()) {
            meter.failed(sink, sending.troubles().size());
        }
        String why = sending.unavailable();
        if (why != null) {
            if (lanes.unavailable()) {
                log.warn("A sink of the outbox is not available. Its events wait, and nothing is lost: " + why);
            }
        } else if (lanes.cameBack(progress || !sending.troubles().isEmpty())) {
            log.info("A sink of the outbox is available again");
        }
        HeldKey key = sending.key();
        if (key == null) {
            settle(sending, progress);
        } else {
            settle(sending, key);
        }
    }

    private void settle(Sending sending, boolean progress) {
        if (!settled(sending, () -> settlement.ofBatch(sending))) {
            lanes.failed(sending.held(), progress);
        } else if (sending.undelivered().isEmpty() || !sending.troubles().isEmpty()) {
            lanes.idle(sending.held());
        } else { // The sink is not there, or the lease was nearly over: both are looked at before it is read again.
            lanes.untried(sending.held());
        }
    }

    private void settle(Sending sending, HeldKey key) {
        settled(sending, () -> settlement.ofKey(sending, key));
        lanes.done(sending.held(), key);
    }

    /** One that may have been decided or not is waited for: the next look would otherwise come too early. */
    private boolean settled(Sending sending, Runnable decision) {
        try {
            decision.run();
            return true;
        } catch (RuntimeException | Error e) {
            log.warn("What became of events that were not delivered could not be written down; it is tried again", e);
        }
        while (lanes.isOpen()) {
            try {
                settlement.awaitDecisions(sending.held());
                return false;
            } catch (RuntimeException e) {
                log.debug("The database does not answer", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
        return false;
    }

    private void delete(List<Sending> all) {
        if (all.isEmpty()) {
            return;
        }
        do {
            try {
                if (store.hasHorizon() && horizon.wantsCandidate()) {
                    horizon.committed(store.apart()
                            .inTransaction(
                                    Connection.TRANSACTION_READ_COMMITTED,
                                    (jdbc, status) -> Horizon.around(jdbc, () -> delete(jdbc, all))));
                } else {
                    store.apart().inTransaction(Connection.TRANSACTION_READ_COMMITTED, (jdbc, status) -> {
                        delete(jdbc, all);
                        return true;
                    });
                }
                return;
            } catch (RuntimeException | Error e) {
                horizon.reset();
                log.warn("Events that were delivered could not be deleted; it is tried again", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        } while (lanes.isOpen()); // They are delivered again then, by whoever is next.
    }

    private void delete(JdbcTemplate jdbc, List<Sending> all) {
        for (Sending sending : all) {
            store.dialect().delete(jdbc, sending.held().bucket(), sending.delivered());
        }
    }
}
