-- The outbox on MariaDB 10.6+. Times are UTC. The cache of the sequence is the server's, so ids follow each other.
CREATE SEQUENCE IF NOT EXISTS plimsoll_outbox_id CACHE 1000;

-- Events that are not delivered yet. A row is written once and deleted once, never updated.
CREATE TABLE IF NOT EXISTS plimsoll_outbox (
    bucket        INT          NOT NULL, -- of the key: those of one bucket are delivered by one instance, in order
    id            BIGINT       NOT NULL,
    event_id      BINARY(16)   NOT NULL, -- by which consumers know it again
    topic         VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    event_key     VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, -- null if it has no order
    event_type    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    event_version INT          NOT NULL,
    headers       TEXT         CHARACTER SET utf8mb4,
    payload       MEDIUMBLOB   NOT NULL,
    occurred_at   DATETIME(6)  NOT NULL,
    PRIMARY KEY (bucket, id)
) ENGINE = InnoDB;

-- Who delivers: a row for each instance that is alive. One that has gone never comes back.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_instance (
    id         BINARY(16)   NOT NULL PRIMARY KEY,
    name       VARCHAR(200) NOT NULL, -- of the application
    expires_at DATETIME(6)  NOT NULL
) ENGINE = InnoDB;

-- What there is to deliver for. How many there are is decided here, once: changed while events wait, a key would have two.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_bucket (
    bucket INT        NOT NULL PRIMARY KEY,
    owner  BINARY(16),
    epoch  BIGINT     NOT NULL -- grows with each owner
) ENGINE = InnoDB;

INSERT IGNORE INTO plimsoll_outbox_bucket (bucket, owner, epoch)
SELECT seq, NULL, 0 FROM seq_0_to_31
WHERE NOT EXISTS (SELECT 1 FROM plimsoll_outbox_bucket);

-- Keys that are out of the way of others, because an event of theirs did not get through.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_key (
    bucket          INT          NOT NULL,
    key_hash        BINARY(32)   NOT NULL, -- SHA-256 of topic and key, or of the id of an event that has no key
    topic           VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    event_key       VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    parked          BOOLEAN      NOT NULL, -- given up: what comes joins the dead letters
    attempts        INT          NOT NULL,
    next_attempt_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (bucket, key_hash),
    INDEX plimsoll_outbox_key_due (bucket, next_attempt_at)
) ENGINE = InnoDB;

-- Their events, which wait here for another attempt; those that died are the dead letters.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_held (
    bucket        INT          NOT NULL,
    key_hash      BINARY(32)   NOT NULL,
    id            BIGINT       NOT NULL,
    event_id      BINARY(16)   NOT NULL,
    topic         VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    event_key     VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    event_type    VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    event_version INT          NOT NULL,
    headers       TEXT         CHARACTER SET utf8mb4,
    payload       MEDIUMBLOB   NOT NULL,
    occurred_at   DATETIME(6)  NOT NULL,
    died_at       DATETIME(6),
    reason        TEXT         CHARACTER SET utf8mb4,
    PRIMARY KEY (bucket, key_hash, id),
    INDEX plimsoll_outbox_held_event (event_id),
    INDEX plimsoll_outbox_held_died (died_at)
) ENGINE = InnoDB;
