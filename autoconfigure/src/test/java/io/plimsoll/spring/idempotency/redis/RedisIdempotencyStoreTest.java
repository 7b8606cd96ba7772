package io.plimsoll.spring.idempotency.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.test.IdempotencyStoreContract;
import io.plimsoll.test.RedisServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    private static Duration timeToLive(RecordId id) {
        Long millis = new StringRedisTemplate(connections).getExpire(PREFIX + id.hex(), TimeUnit.MILLISECONDS);
        return Duration.ofMillis(millis == null ? 0 : millis);
    }

    /** A claim lives as long as its holder renews it, however short the time is that its answer is kept for. */
    @Test
    void aLeaseThatIsRenewedOutlivesTheTimeOfItsRecord() {
        RecordId id = new RecordId(newId());
        Owner owner = Owner.random();
        Duration brief = Duration.ofSeconds(2);
        store.claim(id, Fingerprint.of(new byte[32]), owner, brief, brief);

        assertThat(store.extend(id, owner, Duration.ofMinutes(1))).isTrue();

        assertThat(timeToLive(id)).isGreaterThan(Duration.ofSeconds(30));
    }

    /** What is unknown is told as long as an answer would have been, not as long as a lease. */
    @Test
    void anUnknownOutcomeIsKeptForTheTimeOfItsRecord() {
        RecordId id = new RecordId(newId());
        Owner owner = Owner.random();
        store.claim(id, Fingerprint.of(new byte[32]), owner, Duration.ofMinutes(10), Duration.ofMinutes(1));
        store.extend(id, owner, Duration.ofMinutes(10));
        assertThat(timeToLive(id)).isGreaterThan(Duration.ofMinutes(5));

        assertThat(store.abandon(id, owner)).isTrue();

        assertThat(timeToLive(id)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    private static byte[] newId() {
        byte[] id = new byte[32];
        new SecureRandom().nextBytes(id);
        return id;
    }
}
