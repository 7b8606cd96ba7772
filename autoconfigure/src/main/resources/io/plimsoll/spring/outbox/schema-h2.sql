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
