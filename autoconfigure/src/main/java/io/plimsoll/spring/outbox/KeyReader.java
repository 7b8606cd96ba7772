package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tries keys again that were taken out of the way, each when it is due, and its events in their order. Runs now and then. */
final class KeyReader implements Runnable {

    private static final Log log = LogFactory.getLog(KeyReader.class);

    /** As many keys at once as do not crowd out the others. */
    private static final int KEYS = 16;

    private final OutboxStore store;
    private final Lanes lanes;
    private final TopicFilter filter;
    private final Dispatch dispatch;
    private final BooleanSupplier lasts;
    private final int batchSize;
    private final long maxBytes;

    KeyReader(
            OutboxStore store,
            Lanes lanes,
            TopicFilter filter,
            Dispatch dispatch,
            BooleanSupplier lasts,
            OutboxProperties properties) {
        this.store = store;
        this.lanes = lanes;
        this.filter = filter;
        this.dispatch = dispatch;
        this.lasts = lasts;
        this.batchSize = properties.batchSize();
        this.maxBytes = properties.batchBytes().toBytes();
    }

    /** Whatever happens: an exception would be the last time. */
    @Override
    public void run() {
        try {
            retryThoseDue();
        } catch (DataAccessException e) {
            log.warn("The keys of the outbox that wait could not be read; it is tried again", e);
        } catch (RuntimeException | Error e) {
            log.error("The keys of the outbox that wait could not be read; it is tried again", e);
        }
    }

    private void retryThoseDue() {
        Set<Integer> buckets = lanes.forKeys();
        int underWay = lanes.keysUnderWay();
        if (buckets.isEmpty() || underWay >= KEYS || !lasts.getAsBoolean()) {
            return;
        }
        store.apart().statementByStatement(jdbc -> {
            for (HeldKey key : store.held().due(jdbc, buckets, filter, KEYS + underWay)) {
                if (lanes.keysUnderWay() < KEYS) {
                    retry(jdbc, key);
                }
            }
            return true;
        });
    }

    private void retry(JdbcTemplate jdbc, HeldKey key) {
        Lanes.Held held = lanes.take(key);
        if (held == null) {
            return;
        }
        boolean sent = false;
        try {
            List<OutboxMessage> next = store.held().next(jdbc, key, batchSize, maxBytes, held.epoch());
            sent = lanes.mayTry() && dispatch.send(held, key, next, List.of());
        } finally {
            if (!sent) {
                lanes.done(held, key);
            }
        }
    }
}
