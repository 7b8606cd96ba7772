package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A record as a lease sees it.
 *
 * @param outcome null while it runs, and if it is unknown
 * @param owner null if nobody holds it, or has held it under a lease
 * @param expired whether its time is over
 * @param silent whether its lease is over and was not extended
 */
record StoredLease(
        Fingerprint fingerprint,
        byte @Nullable [] outcome,
        byte @Nullable [] owner,
        long fence,
        boolean expired,
        boolean silent) {

    static StoredLease read(ResultSet row, int number) throws SQLException {
        return new StoredLease(
                Fingerprint.stored(row.getBytes("fingerprint")),
                row.getBytes("outcome"),
                row.getBytes("owner"),
                row.getLong("fence"),
                row.getBoolean("expired"),
                row.getBoolean("silent"));
    }

    boolean isHeld() {
        return owner != null && outcome == null;
    }

    boolean isHeldBy(Owner wanted) {
        return owner != null && outcome == null && wanted.isIn(owner);
    }
}
