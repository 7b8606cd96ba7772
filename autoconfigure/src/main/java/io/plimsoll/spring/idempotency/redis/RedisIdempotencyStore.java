package io.plimsoll.spring.idempotency.redis;

import io.plimsoll.idempotency.store.EndOfCalls;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.LeaseClaim;
import io.plimsoll.idempotency.store.Owner;
import io.plimsoll.idempotency.store.RecordId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Keeps leases in Redis, a hash for each record. Every operation is one script on one key, so a cluster will do; the time
 * is that of Redis.
 *
 * <p>Redis acknowledges what it has not yet copied to a replica: after a failover a claim or an outcome can be gone, and
 * the call is made again.
 */
final class RedisIdempotencyStore implements IdempotencyStore, EndOfCalls, DisposableBean {

    private static final Log log = LogFactory.getLog(RedisIdempotencyStore.class);

    private static final DefaultRedisScript<List<Object>> CLAIM = claiming("claim");
    private static final DefaultRedisScript<List<Object>> TAKE_OVER = claiming("take-over");
    private static final DefaultRedisScript<Long> EXTEND = script("extend", Long.class);
    private static final DefaultRedisScript<Long> COMPLETE = script("complete", Long.class);
    private static final DefaultRedisScript<Long> RELEASE = script("release", Long.class);
    private static final DefaultRedisScript<Long> ABANDON = script("abandon", Long.class);
    private static final DefaultRedisScript<Long> WATCH = script("watch", Long.class);

    private final RedisTemplate<String, byte[]> redis;
    private final String prefix;
    private final byte[] channel;
    private final Map<String, Set<Runnable>> watches = new ConcurrentHashMap<>();
    private final RedisMessageListenerContainer subscription = new RedisMessageListenerContainer();

    /** @param prefix of every key */
    RedisIdempotencyStore(RedisConnectionFactory connections, String prefix) {
        this.prefix = prefix;
        this.redis = new RedisTemplate<>();
        redis.setConnectionFactory(connections);
        redis.setKeySerializer(RedisSerializer.string());
        redis.setEnableDefaultSerializer(false);
        redis.afterPropertiesSet();
        channel = (prefix + "ended").getBytes(StandardCharsets.UTF_8);
        subscription.setConnectionFactory(connections);
        subscription.afterPropertiesSet();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static DefaultRedisScript<List<Object>> claiming(String name) {
        return (DefaultRedisScript) script(name, List.class);
    }

    private static <T> DefaultRedisScript<T> script(String name, Class<T> result) {
        DefaultRedisScript<T> script = new DefaultRedisScript<>();
        script.setLocation(new ClassPathResource(name + ".lua", RedisIdempotencyStore.class));
        script.setResultType(result);
        return script;
    }

    @Override
    public LeaseClaim claim(RecordId id, Fingerprint fingerprint, Owner owner, Duration lease, Duration ttl) {
        return claim(run(CLAIM, id, fingerprint.bytes(), owner.bytes(), millis(lease), millis(ttl)));
    }

    @Override
    public LeaseClaim takeOver(RecordId id, Owner owner, Duration lease) {
        return claim(run(TAKE_OVER, id, owner.bytes(), millis(lease)));
    }

    private static LeaseClaim claim(List<Object> answer) {
        byte[] first = (byte[]) answer.get(1);
        String state = text((byte[]) answer.get(0));
        return switch (state) {
            case "granted" -> new LeaseClaim.Granted(Long.parseLong(text(first)));
            case "running" -> new LeaseClaim.Running(Fingerprint.stored(first));
            case "unknown" -> new LeaseClaim.Unknown(Fingerprint.stored(first));
            case "recorded" -> new LeaseClaim.Recorded(Fingerprint.stored(first), (byte[]) answer.get(2));
            default -> throw new IllegalStateException("A script of the idempotency store answered " + state);
        };
    }

    @Override
    public boolean extend(RecordId id, Owner owner, Duration lease) {
        return run(EXTEND, id, owner.bytes(), millis(lease)) == 1;
    }

    @Override
    public boolean complete(RecordId id, Owner owner, byte[] outcome, Duration ttl) {
        return run(COMPLETE, id, owner.bytes(), channel, outcome, millis(ttl)) == 1;
    }

    @Override
    public boolean release(RecordId id, Owner owner) {
        return run(RELEASE, id, owner.bytes(), channel) == 1;
    }

    @Override
    public boolean abandon(RecordId id, Owner owner) {
        return run(ABANDON, id, owner.bytes(), channel) == 1;
    }

    @Override
    public AutoCloseable watch(RecordId id, Runnable ended) {
        String key = prefix + id.hex();
        watches.compute(key, (any, others) -> {
            Set<Runnable> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(ended);
            return all;
        });
        try {
            subscribe();
            if (run(WATCH, id) == 0) {
                ended.run();
            }
        } catch (RuntimeException e) {
            forget(key, ended);
            throw e;
        }
        return () -> forget(key, ended);
    }

    private void forget(String key, Runnable ended) {
        watches.computeIfPresent(key, (any, all) -> {
            all.remove(ended);
            return all.isEmpty() ? null : all;
        });
    }

    /** One subscription for all, from the first that waits on. */
    private synchronized void subscribe() {
        if (!subscription.isRunning()) {
            subscription.addMessageListener(
                    (message, pattern) -> watches.getOrDefault(
                                    new String(message.getBody(), StandardCharsets.UTF_8), Set.of())
                            .forEach(Runnable::run),
                    new ChannelTopic(prefix + "ended"));
            subscription.start();
        }
    }

    @Override
    public void destroy() throws Exception {
        subscription.destroy();
    }

    /** What Redis throws out to make room are records: claims that hold, and answers that are owed. */
    @Override
    public void verify() {
        Properties memory = redis.execute((RedisCallback<Properties>)
                connection -> connection.serverCommands().info("memory"));
        String policy = memory == null ? null : memory.getProperty("maxmemory_policy");
        if (policy != null && !policy.equals("noeviction")) {
            log.warn("The Redis of the idempotency records has maxmemory-policy " + policy
                    + ": when its memory is full it drops records, and repeated calls run again. Set it to noeviction, or"
                    + " keep the records elsewhere (plimsoll.idempotency.lease-store).");
        }
    }

    private <T> T run(DefaultRedisScript<T> script, RecordId id, Object... arguments) {
        T result = redis.execute(
                script, RedisSerializer.byteArray(), uncheckedSerializer(), List.of(prefix + id.hex()), arguments);
        if (result == null) {
            // In a Redis transaction or a pipeline of the caller, whose answers come later.
            throw new RedisSystemException(
                    "The idempotency store got no answer from Redis: an @Idempotent method must not be called inside a"
                            + " MULTI or a pipeline",
                    null);
        }
        return result;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> RedisSerializer<T> uncheckedSerializer() {
        return (RedisSerializer) RedisSerializer.byteArray();
    }

    private static byte[] millis(Duration duration) {
        return String.valueOf(Math.max(1, duration.toMillis())).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
