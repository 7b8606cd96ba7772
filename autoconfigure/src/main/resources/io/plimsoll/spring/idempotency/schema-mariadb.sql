-- The records of @Idempotent on MariaDB 10.6+. Times are UTC.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency (
    id          BINARY(32)  NOT NULL PRIMARY KEY, -- SHA-256 of application, route or method, scope and key
    fingerprint BINARY(33)  NOT NULL,             -- a version byte and the SHA-256 of the payload
    outcome     LONGBLOB,                         -- null while the call runs, and if nobody knows
    expires_at  DATETIME(6) NOT NULL,
    owner       BINARY(16),    -- of the lease: null in TRANSACTIONAL mode, and if the outcome is unknown
    lease_until DATETIME(6),   -- unless a heartbeat says later
    fence       BIGINT,        -- the fencing token of the last lease
    commits     INT,           -- how many transactions have committed under the lease
    INDEX plimsoll_idempotency_expires_at (expires_at)
) ENGINE = InnoDB;

-- Renewed leases. Apart from the records, so that a renewal is no conflict for a transaction that commits under the lease.
CREATE TABLE IF NOT EXISTS plimsoll_idempotency_heartbeat (
    owner       BINARY(16) NOT NULL PRIMARY KEY,
    lease_until DATETIME(6) NOT NULL
) ENGINE = InnoDB;
