package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.idempotency.redis.RedisIdempotencyAutoConfiguration;
import io.plimsoll.test.RedisServer;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Where claims with a lease are kept: a database, which is that of the work as well, or Redis beside one. */
enum LeaseStore {
    POSTGRESQL(TestDatabase.POSTGRESQL),
    MARIADB(TestDatabase.MARIADB),
    H2(TestDatabase.H2),
    REDIS(TestDatabase.H2);

    private final TestDatabase database;

    LeaseStore(TestDatabase database) {
        this.database = database;
    }

    /** Whether a transaction of the work can see the claim. */
    boolean isInTheDatabase() {
        return this != REDIS;
    }

    /** What an application is told that keeps its claims there. */
    String[] properties() {
        return this == REDIS
                ? new String[] {
                    "plimsoll.idempotency.lease-store=redis",
                    "spring.data.redis.host=" + RedisServer.shared().host(),
                    "spring.data.redis.port=" + RedisServer.shared().port(),
                    "plimsoll.idempotency.redis.key-prefix=" + System.nanoTime() + ":"
                }
                : new String[0];
    }

    TestDatabase database() {
        return database;
    }

    App open(Class<?>... beans) {
        return open(new String[0], beans);
    }

    App open(String[] properties, Class<?>... beans) {
        String[] all = Stream.of(properties(), properties).flatMap(Stream::of).toArray(String[]::new);
        Class<?>[] withRedis =
                Stream.concat(Stream.of(Redis.class), Stream.of(beans)).toArray(Class[]::new);
        return new App(database.open(8), all, this == REDIS ? withRedis : beans);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataRedisAutoConfiguration.class, RedisIdempotencyAutoConfiguration.class})
    static class Redis {}
}
