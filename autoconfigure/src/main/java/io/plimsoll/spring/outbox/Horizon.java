package io.plimsoll.spring.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far a bucket has been read for good, on PostgreSQL: below its floor no event can come any more. Without one each poll
 * would step over the index entries of all that was delivered while some old snapshot keeps them.
 *
 * <p>An id is drawn before its event is committed, so an event may appear below one that was delivered long ago. What proves
 * that none can:
 *
 * <ol>
 *   <li>In a transaction that writes, read the last id that was drawn, L; after that take the transaction's own id, R; commit,
 *       durably.
 *   <li>A snapshot in which no transaction below R is running any more ({@code xmin >= R}) shows, or never will, every event up
 *       to L: each of them was drawn by a transaction that had its id before (see {@link PostgresOutboxDialect}), so it is
 *       below R.
 * </ol>
 *
 * <p>R is an id of its own, because {@code xmax} of a snapshot is one past the last transaction that has <em>ended</em>, which
 * those that run may be past. And it is the id of a transaction that commits durably, because a sequence steps back if the
 * server dies before anything it has logged was flushed. After a failed statement, and on another server, nothing is known.
 *
 * <p>Kept in memory only, so that nothing can be wrong after a restore. Thread-safe.
 */
final class Horizon {

    /**
     * By the function, which looks at the sequence under its lock. Whoever selects {@code last_value} from it may see what
     * nextval writes there for an instant on its way to the log: 32 ids ahead, that nobody has drawn yet.
     */
    private static final String LAST_ID = "SELECT COALESCE(pg_sequence_last_value('plimsoll_outbox_id'::regclass), 0)";

    private static final String OWN_TRANSACTION = "SELECT pg_current_xact_id()::text::bigint";

    private final Map<Integer, Long> floors = new HashMap<>();
    private @Nullable Candidate candidate;
    private long lastId;

    /**
     * What may become the horizon, once its transaction has committed.
     *
     * @param lastId every id up to it was drawn by a transaction before this one
     */
    record Candidate(long lastId, long transaction) {}

    /** Where to go on reading a bucket. */
    synchronized Lane lane(int bucket) {
        return new Lane(bucket, floors.getOrDefault(bucket, 0L));
    }

    /** The last id that was drawn. */
    static long lastId(JdbcTemplate jdbc) {
        Long last = jdbc.queryForObject(LAST_ID, Long.class);
        if (last == null) {
            throw new IllegalStateException("The sequence of the outbox has no number");
        }
        return last;
    }

    /** Whether a candidate would be of use: one at a time is enough. */
    synchronized boolean wantsCandidate() {
        return candidate == null;
    }

    /**
     * Prepares a candidate in the running transaction.
     *
     * @param work what the transaction writes, between the two looks
     */
    static Candidate around(JdbcTemplate jdbc, Runnable work) {
        long last = lastId(jdbc);
        work.run();
        Long own = jdbc.queryForObject(OWN_TRANSACTION, Long.class);
        if (own == null) {
            throw new IllegalStateException("The transaction has no number");
        }
        return new Candidate(last, own);
    }

    /** The transaction of a candidate has committed, and the server has said that it is durable. */
    synchronized void committed(Candidate of) {
        if (of.lastId() < lastId) {
            reset(); // The sequence stepped back: this is not the server that it was.
        }
        lastId = of.lastId();
        candidate = of;
    }

    /** Draws conclusions from a poll of lanes. */
    synchronized void polled(List<Lane> lanes, Poll poll) {
        Candidate of = candidate;
        if (of == null || poll.xmin() < of.transaction()) {
            return;
        }
        candidate = null;
        for (Lane lane : lanes) {
            long first = poll.events().stream()
                    .filter(event -> event.bucket() == lane.bucket())
                    .mapToLong(StoredEvent::id)
                    .min()
                    .orElse(Long.MAX_VALUE);
            floors.merge(lane.bucket(), Math.min(of.lastId() + 1, first), Math::max);
        }
    }

    /** Nothing is known any more. */
    synchronized void reset() {
        floors.clear();
        candidate = null;
    }

    /** Nothing is known any more of a bucket, which somebody else had. */
    synchronized void reset(int bucket) {
        floors.remove(bucket);
    }
}
