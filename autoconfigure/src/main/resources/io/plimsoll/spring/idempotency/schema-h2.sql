-- The records of @Idempotent on H2 2.2+.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          BINARY(32) NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint BINARY(33) NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     BLOB,                            -- null while the call runs, and if nobody knows
    expires_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    owner       BINARY(16),    -- of the lease: null in TRANSACTIONAL mode, and if the outcome is unknown
    lease_until TIMESTAMP(6) WITH TIME ZONE, -- unless a heartbeat says later
    fence       BIGINT,        -- the fencing token of the last lease
    commits     INT            -- how many transactions have committed under the lease
);

CREATE INDEX IF NOT EXISTS plimsoll_idempotency_expires_at ON plimsoll_idempotency (expires_at);

-- Renewed leases. Apart from the records, so that a renewal is no conflict for a transaction that commits under the lease.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency_heartbeat (
    owner       BINARY(16) NOT NULL PRIMARY KEY,
    lease_until TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
