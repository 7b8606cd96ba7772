-- The records of @Idempotent on PostgreSQL 14+.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          bytea       NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint bytea       NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     bytea,                            -- null only inside the transaction that claims
    expires_at  timestamptz NOT NULL
) WITH (fillfactor = 70);                         -- room on the page for the outcome, which comes as an update

CREATE INDEX IF NOT EXISTS plimsoll_idempotency_expires_at ON plimsoll_idempotency (expires_at);
