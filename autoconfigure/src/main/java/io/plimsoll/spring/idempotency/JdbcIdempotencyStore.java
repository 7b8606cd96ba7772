package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.Apart;
import io.plimsoll.spring.jdbc.StoreDataSource;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * Keeps leases in the table {@code plimsoll_idempotency}, next to the records of the other mode.
 *
 * <p>Renewals go to a table of their own: under REPEATABLE READ a transaction could not {@linkplain #mark mark} a record
 * that was updated since the transaction began.
 */
final class JdbcIdempotencyStore implements IdempotencyStore {

    /** A record can vanish between two looks; not again and again. */
    private static final int LOOKS = 5;

    private static final String HOLDS = "id = ? AND owner = ? AND outcome IS NULL";

    private static final String MARK =
            "UPDATE plimsoll_idempotency SET commits = COALESCE(commits, 0) + 1 WHERE " + HOLDS;

    /** What a transaction has committed under the claim stays, so the key cannot be free. */
    private static final String RELEASE = "DELETE FROM plimsoll_idempotency WHERE " + HOLDS + " AND commits IS NULL";

    private static final String GIVE_UP = "owner = NULL, lease_until = NULL";

    private static final String FENCE = "SELECT fence FROM plimsoll_idempotency WHERE " + HOLDS;

    private final JdbcTemplate joined;
    private final Apart apart;
    private final Supplier<Dialect> dialect;
    private final JdbcRetention retention;
    private final Consumer<RecordId> awaited;

    /** @param awaited told of a call that has ended and that somebody in another JVM waits for */
    JdbcIdempotencyStore(StoreDataSource source, Consumer<RecordId> awaited) {
        this.awaited = awaited;
        this.joined = new JdbcTemplate(source.dataSource());
        this.apart = new Apart(source);
        this.dialect = SingletonSupplier.of(() -> Dialect.of(source.database()));
        this.retention = new JdbcRetention(apart, dialect);
    }

    /**
     * Marks the record in the running transaction, which is about to commit: it commits only if the claim is held.
     *
     * @return false if the owner does not hold the claim any more
     */
    boolean mark(RecordId id, Owner owner) {
        return joined.update(MARK, id.bytes(), owner.bytes()) == 1;
    }

    /** Whether the owner holds the claim as far as others can see, whatever the running transaction sees. */
    boolean isHeld(RecordId id, Owner owner) {
        return apart.statementByStatement(jdbc -> granted(jdbc, id, owner) != null);
    }

    @Override
    public LeaseClaim claim(RecordId id, Fingerprint fingerprint, Owner owner, Duration lease, Duration ttl) {
        LeaseRow row = new LeaseRow(id, fingerprint, ttl, owner, lease);
        return apart.statementByStatement(jdbc -> {
            for (int i = 0; i < LOOKS; i++) {
                Long fence = dialect().insertLease(jdbc, row);
                LeaseClaim claim = fence != null ? new LeaseClaim.Granted(fence) : look(jdbc, row);
                if (claim != null) {
                    return claim;
                }
            }
            return new LeaseClaim.Running(fingerprint);
        });
    }

    /** @return null if it has changed meanwhile: look again */
    private @Nullable LeaseClaim look(JdbcTemplate jdbc, LeaseRow wanted) {
        StoredLease found = find(jdbc, wanted.id());
        if (found == null) {
            return null;
        }
        if (found.isHeldBy(wanted.owner())) {
            return new LeaseClaim.Granted(found.fence());
        }
        if (found.isHeld() && !(found.silent() && takeAway(jdbc, wanted.id()))) {
            return new LeaseClaim.Running(found.fingerprint());
        }
        if (found.expired()) {
            return replace(jdbc, wanted) ? granted(jdbc, wanted.id(), wanted.owner()) : null;
        }
        byte[] outcome = found.outcome();
        return outcome == null
                ? new LeaseClaim.Unknown(found.fingerprint())
                : new LeaseClaim.Recorded(found.fingerprint(), outcome);
    }

    private @Nullable StoredLease find(JdbcTemplate jdbc, RecordId id) {
        String sql = "SELECT fingerprint, outcome, owner, fence, expires_at <= "
                + dialect().now() + " AS expired, " + dialect().silent()
                + " AS silent FROM plimsoll_idempotency WHERE id = ?";
        return DataAccessUtils.singleResult(jdbc.query(sql, StoredLease::read, (Object) id.bytes()));
    }

    /** A record that is locked has a holder that is about to commit: it has not lost its claim yet. */
    private boolean takeAway(JdbcTemplate jdbc, RecordId id) {
        return dialect()
                        .updateUnlocked(
                                jdbc,
                                GIVE_UP,
                                "id = ? AND " + Dialect.HELD + " AND "
                                        + dialect().silent(),
                                (Object) id.bytes())
                == 1;
    }

    private boolean replace(JdbcTemplate jdbc, LeaseRow row) {
        return dialect()
                        .updateUnlocked(
                                jdbc,
                                "fingerprint = ?, outcome = NULL, commits = NULL, expires_at = "
                                        + dialect().nowPlusMicros() + ", " + hold(),
                                "id = ? AND expires_at <= " + dialect().now() + " AND NOT " + Dialect.HELD,
                                row.fingerprint().bytes(),
                                Dialect.micros(row.ttl()),
                                row.owner().bytes(),
                                Dialect.micros(row.lease()),
                                row.id().bytes())
                == 1;
    }

    /** Takes the owner and the lease. A fencing token grows with each claim, also across a clock that was set back. */
    private String hold() {
        return "owner = ?, lease_until = " + dialect().nowPlusMicros() + ", fence = GREATEST(COALESCE(fence, 0) + 1, "
                + dialect().epochMicros() + ")";
    }

    private static @Nullable LeaseClaim granted(JdbcTemplate jdbc, RecordId id, Owner owner) {
        Long fence = DataAccessUtils.singleResult(jdbc.queryForList(FENCE, Long.class, id.bytes(), owner.bytes()));
        return fence == null ? null : new LeaseClaim.Granted(fence);
    }

    @Override
    public LeaseClaim takeOver(RecordId id, Owner owner, Duration lease) {
        return apart.statementByStatement(jdbc -> {
            dialect()
                    .updateUnlocked(
                            jdbc,
                            hold(),
                            "id = ? AND owner IS NULL AND outcome IS NULL",
                            owner.bytes(),
                            Dialect.micros(lease),
                            id.bytes());
            StoredLease found = find(jdbc, id);
            if (found == null) {
                return new LeaseClaim.Unknown(Fingerprint.of(id.bytes()));
            }
            if (found.isHeldBy(owner)) {
                return new LeaseClaim.Granted(found.fence());
            }
            byte[] outcome = found.outcome();
            if (outcome != null) {
                return new LeaseClaim.Recorded(found.fingerprint(), outcome);
            }
            return found.isHeld()
                    ? new LeaseClaim.Running(found.fingerprint())
                    : new LeaseClaim.Unknown(found.fingerprint());
        });
    }

    @Override
    public boolean extend(RecordId id, Owner owner, Duration lease) {
        return apart.statementByStatement(jdbc -> dialect().beat(jdbc, id, owner, lease));
    }

    /** The owner stays, so that a repetition finds it. */
    @Override
    public boolean complete(RecordId id, Owner owner, byte[] outcome, Duration ttl) {
        String sql = "UPDATE plimsoll_idempotency SET outcome = ?, lease_until = NULL, expires_at = "
                + dialect().nowPlusMicros() + " WHERE id = ? AND owner = ?";
        return end(id, sql, outcome, Dialect.micros(ttl), id.bytes(), owner.bytes());
    }

    @Override
    public boolean release(RecordId id, Owner owner) {
        return end(id, RELEASE, id.bytes(), owner.bytes());
    }

    @Override
    public boolean abandon(RecordId id, Owner owner) {
        String sql = "UPDATE plimsoll_idempotency SET " + GIVE_UP + " WHERE " + HOLDS;
        return end(id, sql, id.bytes(), owner.bytes());
    }

    private boolean end(RecordId id, String sql, Object... arguments) {
        return apart.statementByStatement(
                jdbc -> dialect().end(jdbc, id, () -> awaited.accept(id), sql, arguments) == 1);
    }

    @Override
    public int deleteExpired(int limit) {
        return retention.deleteExpired(limit);
    }

    @Override
    public void verify() {
        joined.query("SELECT id, owner, lease_until, fence, commits FROM plimsoll_idempotency WHERE 1 = 0", row -> {});
        joined.query("SELECT owner, lease_until FROM plimsoll_idempotency_heartbeat WHERE 1 = 0", row -> {});
    }

    private Dialect dialect() {
        return dialect.get();
    }
}
