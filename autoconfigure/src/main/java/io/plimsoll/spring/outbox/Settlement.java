package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxMessage;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides what becomes of what did not get through: its key is taken out of the way, tried again, given up. Each decision is one
 * transaction, which an owner that was given up cannot commit. Thread-safe.
 */
final class Settlement {

    private static final Log log = LogFactory.getLog(Settlement.class);

    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(250), Duration.ofMinutes(5));

    private final OutboxStore store;
    private final OutboxProperties properties;
    private final Runnable died;

    /** @param died told of each event that was given up */
    Settlement(OutboxStore store, OutboxProperties properties, Runnable died) {
        this.died = died;
        this.store = store;
        this.properties = properties;
    }

    /** A transaction, and what is to be remembered once it has committed. */
    private record Decision(HeldTable table, JdbcTemplate jdbc, List<Runnable> committed) {}

    private interface Work {

        void decide(Decision decision);
    }

    private void decide(Work work) {
        List<Runnable> committed = new ArrayList<>();
        store.apart().inTransaction(Connection.TRANSACTION_READ_COMMITTED, (jdbc, status) -> {
            work.decide(new Decision(store.held(), jdbc, committed));
            return true;
        });
        committed.forEach(Runnable::run);
    }

    /** After one that may have been made or not: until it is known. */
    void awaitDecisions(Lanes.Held held) {
        store.apart().statementByStatement(jdbc -> {
            store.held().awaitDecisions(jdbc, held.bucket());
            return true;
        });
    }

    /** Takes those out of the way that failed, with what comes after them, and those that were to be put behind others. */
    void ofBatch(Sending sending) {
        Map<HeldKey, Sending.Trouble> troubles = new LinkedHashMap<>();
        sending.troubles().forEach(trouble -> troubles.put(HeldKey.of(trouble.message()), trouble));
        if (troubles.isEmpty() && sending.behind().isEmpty()) {
            return;
        }
        Map<HeldKey, List<OutboxMessage>> moving = Stream.concat(
                        sending.undelivered().stream().filter(message -> troubles.containsKey(HeldKey.of(message))),
                        sending.behind().stream())
                .collect(Collectors.groupingBy(HeldKey::of, LinkedHashMap::new, Collectors.toList()));
        decide(decision -> {
            if (decision.table().owns(decision.jdbc(), sending.held())) {
                moving.forEach((key, messages) -> move(decision, key, messages, troubles.get(key)));
            }
        });
    }

    private void move(Decision decision, HeldKey key, List<OutboxMessage> messages, Sending.@Nullable Trouble trouble) {
        HeldTable table = decision.table();
        HeldTable.State state = table.lock(decision.jdbc(), key);
        if (state == null && trouble == null) {
            return; // It goes on as any other: these are read again.
        }
        int moved = table.move(
                decision.jdbc(), key, messages.stream().map(OutboxMessage::id).toList());
        if (state == null && moved == 0) {
            return; // Somebody has removed them: what has failed had been done.
        }
        if (state == null) {
            table.hold(decision.jdbc(), key, messages.get(0));
        }
        if (state != null && state.parked()) {
            table.park(decision.jdbc(), key, "It comes after one of its key that was given up.");
        } else if (trouble != null) {
            failed(decision, key, trouble, state == null ? 1 : state.attempts() + 1);
        }
    }

    /** Goes on with a key that was taken out of the way, after some of it was tried. */
    void ofKey(Sending sending, HeldKey key) {
        decide(decision -> {
            HeldTable table = decision.table();
            JdbcTemplate jdbc = decision.jdbc();
            boolean owns = table.owns(jdbc, sending.held());
            HeldTable.State state = table.lock(jdbc, key);
            table.delete(jdbc, key, sending.delivered()); // Whoever says so: delivered is delivered.
            if (!owns || state == null || state.parked()) {
                return;
            }
            boolean progress = !sending.delivered().isEmpty();
            List<Sending.Trouble> troubles = sending.troubles();
            if (!troubles.isEmpty()) {
                failed(decision, key, troubles.get(0), progress ? 1 : state.attempts() + 1);
            } else if (sending.undelivered().isEmpty()) {
                goOn(decision, key);
            } else {
                table.postpone(jdbc, key, state.attempts(), BACK_OFF.after(1));
            }
        });
    }

    private void goOn(Decision decision, HeldKey key) {
        if (decision.table().waits(decision.jdbc(), key)) {
            decision.table().postpone(decision.jdbc(), key, 0, Duration.ZERO);
        } else {
            decision.table().release(decision.jdbc(), key);
        }
    }

    private void failed(Decision decision, HeldKey key, Sending.Trouble trouble, int attempts) {
        HeldTable table = decision.table();
        JdbcTemplate jdbc = decision.jdbc();
        if (!table.waits(jdbc, key)) {
            goOn(decision, key); // What has failed was done, and removed.
            return;
        }
        FailurePolicy policy = properties.onFailure(key.topic());
        boolean patient = policy == FailurePolicy.BLOCK_KEY || attempts < properties.attempts(key.topic());
        if (patient && !trouble.forGood()) {
            table.postpone(jdbc, key, attempts, BACK_OFF.after(attempts));
            tell(attempts, trouble);
            return;
        }
        if (key.alone() || policy == FailurePolicy.SKIP) {
            table.giveUp(jdbc, key, trouble.message().id(), trouble.why());
            goOn(decision, key);
        } else {
            table.park(jdbc, key, trouble.why());
        }
        decision.committed().add(died);
        decision.committed()
                .add(() -> log.error("An event of the outbox was given up at attempt " + attempts + ": "
                        + trouble.message() + ": " + trouble.why()
                        + (key.alone() || policy == FailurePolicy.SKIP
                                ? " (now a dead letter)"
                                : " (now a dead letter, and what comes after it of its key joins it)")));
    }

    /** At once, and then when it becomes somebody's business. */
    private void tell(int attempts, Sending.Trouble trouble) {
        if (attempts == 1 || attempts == properties.attempts(trouble.message().topic())) {
            log.warn("An event of the outbox was not delivered at attempt " + attempts + ", its key waits: "
                    + trouble.message() + ": " + trouble.why());
        }
    }
}
