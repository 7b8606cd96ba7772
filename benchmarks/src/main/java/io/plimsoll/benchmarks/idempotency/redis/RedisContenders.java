package io.plimsoll.benchmarks.idempotency.redis;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.spring.idempotency.IdempotencyAutoConfiguration;
import io.plimsoll.spring.idempotency.redis.RedisIdempotencyAutoConfiguration;
import io.plimsoll.spring.timeout.TimeoutAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.integration.redis.metadata.RedisMetadataStore;

/** Who is put beside whom. The work is nothing, so that what is measured is the promise. */
final class RedisContenders {

    private static final Duration TTL = Duration.ofHours(1);

    private RedisContenders() {}

    static List<RedisContender> all(RedisConnectionFactory connections) {
        return List.of(
                new Bare(), new Plimsoll(connections), new ByHand(connections), new SpringIntegration(connections));
    }

    private static String work(String key) {
        return "receipt of " + key;
    }

    /** Nothing is remembered. */
    record Bare() implements RedisContender {

        @Override
        public String name() {
            return "bare";
        }

        @Override
        public String keeps() {
            return "nothing";
        }

        @Override
        public String call(String key) {
            return work(key);
        }
    }

    /** {@code @Idempotent} in LEASE mode, with all that the starter brings along. */
    static final class Plimsoll implements RedisContender {

        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        private final Work work;

        Plimsoll(RedisConnectionFactory connections) {
            // The connections are not this context's to close.
            context.registerBean(
                    RedisConnectionFactory.class, () -> connections, bean -> bean.setDestroyMethodName(""));
            context.register(Application.class);
            context.refresh();
            work = context.getBean(Work.class);
        }

        @Override
        public String name() {
            return "plimsoll";
        }

        @Override
        public String keeps() {
            return "the answer; a dead call is unknown";
        }

        @Override
        public String call(String key) {
            return work.run(key);
        }

        @Override
        public void close() {
            context.close();
        }

        /** The service that an application would have. */
        static class Work {

            @Idempotent(key = "#key", mode = Mode.LEASE, ttl = "1h")
            public String run(String key) {
                return work(key);
            }
        }

        @Configuration(proxyBeanMethods = false)
        @ImportAutoConfiguration({
            AopAutoConfiguration.class,
            JacksonAutoConfiguration.class,
            WeavingAutoConfiguration.class,
            TimeoutAutoConfiguration.class,
            RedisIdempotencyAutoConfiguration.class,
            IdempotencyAutoConfiguration.class
        })
        @Import(Work.class)
        static class Application {}
    }

    /** What many a team writes: SET NX, then the answer. No owner, no renewal, nothing is compared. */
    static final class ByHand implements RedisContender {

        private static final String RUNNING = "running";

        private final StringRedisTemplate redis;

        ByHand(RedisConnectionFactory connections) {
            redis = new StringRedisTemplate(connections);
        }

        @Override
        public String name() {
            return "by hand";
        }

        @Override
        public String keeps() {
            return "the answer; a dead call is run again, or never";
        }

        @Override
        public @Nullable String call(String key) {
            String name = "by-hand:" + key;
            if (!Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(name, RUNNING, TTL))) {
                return redis.opsForValue().get(name);
            }
            String answer = work(key);
            redis.opsForValue().set(name, answer, TTL);
            return answer;
        }
    }

    /** Spring Integration's store of its idempotent receiver: a key in a hash, for ever, before the work. */
    static final class SpringIntegration implements RedisContender {

        private final RedisMetadataStore store;

        SpringIntegration(RedisConnectionFactory connections) {
            store = new RedisMetadataStore(connections, "spring-integration");
        }

        @Override
        public String name() {
            return "spring-integration";
        }

        @Override
        public String keeps() {
            return "the key alone; a dead call is lost";
        }

        @Override
        public @Nullable String call(String key) {
            return store.putIfAbsent(key, "seen") == null ? work(key) : null;
        }
    }
}
