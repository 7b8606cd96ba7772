-- The records of @Idempotent on H2 2.2+.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          BINARY(32) NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint BINARY(33) NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     BLOB,                            -- null only inside the transaction that claims
    expires_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE INDEX IF NOT EXISTS plimsoll_idempotency_expires_at ON plimsoll_idempotency (expires_at);
