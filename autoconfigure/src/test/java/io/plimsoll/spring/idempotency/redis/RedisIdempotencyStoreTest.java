package io.plimsoll.spring.idempotency.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.test.IdempotencyStoreContract;
import io.plimsoll.test.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Proof 1 of the protocol, for Redis. */
@ExtendWith(OutputCaptureExtension.class)
class RedisIdempotencyStoreTest extends IdempotencyStoreContract {

    private static final String PREFIX = "RedisIdempotencyStoreTest:";

    private static LettuceConnectionFactory connections;
    private static IdempotencyStore store;

    @BeforeAll
    static void connect() {
        RedisServer server = RedisServer.shared();
        connections = new LettuceConnectionFactory(server.host(), server.port());
        connections.start();
        store = new RedisIdempotencyStore(connections, PREFIX);
    }

    @AfterAll
    static void disconnect() {
        connections.stop();
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    /** After the contract's own tests or before them: whatever is there has an end. */
    @Test
    void everyRecordExpires() {
        aKeyIsClaimed();
        StringRedisTemplate redis = new StringRedisTemplate(connections);

        assertThat(redis.keys(PREFIX + "*")).isNotEmpty().allMatch(key -> redis.getExpire(key) >= 0);
    }

    private void aKeyIsClaimed() {
        store.claim(
                new RecordId(new byte[32]),
                Fingerprint.of(new byte[32]),
                Owner.random(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    @Test
    void aRedisThatDropsRecordsToMakeRoomIsToldOf(CapturedOutput output) {
        setPolicy("allkeys-lru");
        try {
            store.verify();
        } finally {
            setPolicy("noeviction");
        }
        assertThat(output).contains("maxmemory-policy allkeys-lru", "noeviction");
    }

    @Test
    void aRedisThatDropsNothingIsNotToldOf(CapturedOutput output) {
        setPolicy("noeviction");

        store.verify();

        assertThat(output).doesNotContain("maxmemory-policy");
    }

    private static void setPolicy(String policy) {
        new StringRedisTemplate(connections).execute((RedisCallback<Void>) connection -> {
            connection.serverCommands().setConfig("maxmemory-policy", policy);
            return null;
        });
    }
}
