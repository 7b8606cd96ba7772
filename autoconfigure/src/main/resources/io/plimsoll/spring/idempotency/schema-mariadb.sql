-- The records of @Idempotent on MariaDB 10.6+. Times are UTC.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          BINARY(32)  NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint BINARY(33)  NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     LONGBLOB,                         -- null only inside the transaction that claims
    expires_at  DATETIME(6) NOT NULL,
    INDEX plimsoll_idempotency_expires_at (expires_at)
) ENGINE = InnoDB;
