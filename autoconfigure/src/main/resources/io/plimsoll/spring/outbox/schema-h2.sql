-- The outbox on H2 2.2+.
CREATE SEQUENCE IF NOT EXISTS plimsoll_outbox_id;

-- Events that are not delivered yet. A row is written once and deleted once, never updated.
CREATE TABLE IF NOT EXISTS plimsoll_outbox (
    bucket        INT          NOT NULL, -- of the key: those of one bucket are delivered by one instance, in order
    id            BIGINT       NOT NULL,
    event_id      BINARY(16)   NOT NULL, -- by which consumers know it again
    topic         VARCHAR(200) NOT NULL,
    event_key     VARCHAR(500),          -- null if it has no order
    event_type    VARCHAR(200) NOT NULL,
    event_version INT          NOT NULL,
    headers       VARCHAR,
    payload       BLOB         NOT NULL,
    occurred_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (bucket, id)
);

-- Who delivers: a row for each instance that is alive. One that has gone never comes back.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_instance (
    id         BINARY(16)   NOT NULL PRIMARY KEY,
    name       VARCHAR(200) NOT NULL, -- of the application
    expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- What there is to deliver for. How many there are is decided here, once: changed while events wait, a key would have two.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_bucket (
    bucket INT    NOT NULL PRIMARY KEY,
    owner  BINARY(16),
    epoch  BIGINT NOT NULL -- grows with each owner
);

INSERT INTO plimsoll_outbox_bucket (bucket, owner, epoch)
SELECT X, NULL, 0 FROM SYSTEM_RANGE(0, 31)
WHERE NOT EXISTS (SELECT 1 FROM plimsoll_outbox_bucket);

-- Keys that are out of the way of others, because an event of theirs did not get through.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_key (
    bucket          INT          NOT NULL,
    key_hash        BINARY(32)   NOT NULL, -- SHA-256 of topic and key, or of the id of an event that has no key
    topic           VARCHAR(200) NOT NULL,
    event_key       VARCHAR(500),
    parked          BOOLEAN      NOT NULL, -- given up: what comes joins the dead letters
    attempts        INT          NOT NULL,
    next_attempt_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (bucket, key_hash)
);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_key_due ON plimsoll_outbox_key (bucket, next_attempt_at);

-- Their events, which wait here for another attempt; those that died are the dead letters.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_held (
    bucket        INT          NOT NULL,
    key_hash      BINARY(32)   NOT NULL,
    id            BIGINT       NOT NULL,
    event_id      BINARY(16)   NOT NULL,
    topic         VARCHAR(200) NOT NULL,
    event_key     VARCHAR(500),
    event_type    VARCHAR(200) NOT NULL,
    event_version INT          NOT NULL,
    headers       VARCHAR      ,
    payload       BLOB   NOT NULL,
    occurred_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    died_at       TIMESTAMP(6) WITH TIME ZONE,
    reason        VARCHAR      ,
    PRIMARY KEY (bucket, key_hash, id)
);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_held_event ON plimsoll_outbox_held (event_id);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_held_died ON plimsoll_outbox_held (died_at);
