-- The records of @Idempotent on PostgreSQL 14+.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          bytea       NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint bytea       NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     bytea,                            -- null while the call runs, and if nobody knows
    expires_at  timestamptz NOT NULL,
    owner       bytea,         -- of the lease: null in TRANSACTIONAL mode, and if the outcome is unknown
    lease_until timestamptz,   -- unless a heartbeat says later
    fence       bigint,        -- the fencing token of the last lease
    commits     integer        -- how many transactions have committed under the lease
) WITH (fillfactor = 70);                         -- room on the page for the outcome, which comes as an update

CREATE INDEX IF NOT EXISTS plimsoll_idempotency_expires_at ON plimsoll_idempotency (expires_at);

-- Renewed leases. Apart from the records, so that a renewal is no conflict for a transaction that commits under the lease.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency_heartbeat (
    owner       bytea NOT NULL PRIMARY KEY,
    lease_until timestamptz NOT NULL
);
