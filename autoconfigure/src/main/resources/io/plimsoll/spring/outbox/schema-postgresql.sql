-- The outbox on PostgreSQL 14+. A larger cache of the sequence would break the order of events.
CREATE SEQUENCE IF NOT EXISTS plimsoll_outbox_id CACHE 1;

-- Events that are not delivered yet. A row is written once and deleted once, never updated.
CREATE TABLE IF NOT EXISTS plimsoll_outbox (
    bucket        integer     NOT NULL, -- of the key: those of one bucket are delivered by one instance, in order
    id            bigint      NOT NULL,
    event_id      bytea       NOT NULL, -- by which consumers know it again
    topic         text        NOT NULL,
    event_key     text,                 -- null if it has no order
    event_type    text        NOT NULL,
    event_version integer     NOT NULL,
    headers       text,
    payload       bytea       NOT NULL,
    occurred_at   timestamptz NOT NULL,
    PRIMARY KEY (bucket, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

-- Who delivers: a row for each instance that is alive. One that has gone never comes back.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_instance (
    id         bytea       NOT NULL PRIMARY KEY,
    name       text        NOT NULL, -- of the application
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- What there is to deliver for. How many there are is decided here, once: changed while events wait, a key would have two.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_bucket (
    bucket integer NOT NULL PRIMARY KEY,
    owner  bytea,
    epoch  bigint  NOT NULL -- grows with each owner
) WITH (fillfactor = 50);

INSERT INTO plimsoll_outbox_bucket (bucket, owner, epoch)
SELECT b, NULL, 0 FROM generate_series(0, 31) b
WHERE NOT EXISTS (SELECT 1 FROM plimsoll_outbox_bucket)
ON CONFLICT DO NOTHING;

-- Keys that are out of the way of others, because an event of theirs did not get through.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_key (
    bucket          integer     NOT NULL,
    key_hash        bytea       NOT NULL, -- SHA-256 of topic and key, or of the id of an event that has no key
    topic           text        NOT NULL,
    event_key       text,
    parked          boolean     NOT NULL, -- given up: what comes joins the dead letters
    attempts        integer     NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    PRIMARY KEY (bucket, key_hash)
);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_key_due ON plimsoll_outbox_key (bucket, next_attempt_at);

-- Their events, which wait here for another attempt; those that died are the dead letters.
CREATE TABLE IF NOT EXISTS plimsoll_outbox_held (
    bucket        integer     NOT NULL,
    key_hash      bytea       NOT NULL,
    id            bigint      NOT NULL,
    event_id      bytea       NOT NULL,
    topic         text        NOT NULL,
    event_key     text,
    event_type    text        NOT NULL,
    event_version integer     NOT NULL,
    headers       text,
    payload       bytea       NOT NULL,
    occurred_at   timestamptz NOT NULL,
    died_at       timestamptz,
    reason        text,
    PRIMARY KEY (bucket, key_hash, id)
);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_held_event ON plimsoll_outbox_held (event_id);
CREATE INDEX IF NOT EXISTS plimsoll_outbox_held_died ON plimsoll_outbox_held (died_at);
