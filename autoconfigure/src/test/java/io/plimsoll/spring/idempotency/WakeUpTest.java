package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.store.EndOfCalls;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.idempotency.redis.RedisIdempotencyAutoConfiguration;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.test.PostgresDatabase;
import io.plimsoll.test.PostgresServer;
import io.plimsoll.test.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two applications that share a store, and one waits for the other: it is told when that has ended.
 */
class WakeUpTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        mayEnd.countDown();
        executor.shutdownNow();
    }

    /** Work that lasts until it may end. */
    static class Slow {

        private final CountDownLatch started;
        private final CountDownLatch mayEnd;

        Slow(CountDownLatch started, CountDownLatch mayEnd) {
            this.started = started;
            this.mayEnd = mayEnd;
        }

        @Idempotent(key = "#key", onDuplicate = OnDuplicate.WAIT, maxWait = "60s")
        public String work(String key) throws InterruptedException {
            started.countDown();
            mayEnd.await();
            return "done";
        }
    }

    /** How others are told. */
    enum Told {
        POSTGRES_TRANSACTIONAL("plimsoll.idempotency.mode=transactional"),
        POSTGRES_LEASE("plimsoll.idempotency.mode=lease"),
        REDIS_LEASE(
                "plimsoll.idempotency.mode=lease",
                "plimsoll.idempotency.lease-store=redis",
                "plimsoll.idempotency.redis.key-prefix=" + System.nanoTime() + ":");

        private final String[] properties;

        Told(String... properties) {
            this.properties = properties;
        }
    }

    private ApplicationContextRunner runner(Told told, PostgresDatabase database) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        DataRedisAutoConfiguration.class,
                        WeavingAutoConfiguration.class,
                        JdbcAutoConfiguration.class,
                        RedisIdempotencyAutoConfiguration.class,
                        IdempotencyAutoConfiguration.class))
                .withPropertyValues(Stream.concat(
                                Stream.of(told.properties),
                                Stream.of(
                                        "spring.datasource.url=" + database.jdbcUrl(),
                                        "spring.datasource.username=" + database.username(),
                                        "spring.datasource.password=" + database.password(),
                                        "spring.data.redis.host="
                                                + RedisServer.shared().host(),
                                        "spring.data.redis.port="
                                                + RedisServer.shared().port(),
                                        "plimsoll.jdbc.initialize-schema=always"))
                        .toArray(String[]::new))
                .withBean(Slow.class, () -> new Slow(started, mayEnd));
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsInAnotherApplicationIsWoken(Told told) {
        var database = PostgresServer.shared().createDatabase();
        runner(told, database).run(holder -> runner(told, database).run(waiter -> {
            Future<String> first =
                    executor.submit(() -> holder.getBean(Slow.class).work("a"));
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            CountDownLatch woken = new CountDownLatch(1);
            EndOfCalls ends = told == Told.REDIS_LEASE
                    ? (EndOfCalls) waiter.getBean(IdempotencyStore.class)
                    : waiter.getBean(PostgresWakeUps.class);
            AutoCloseable watch = ends.watch(idOf("a"), woken::countDown);
            List<Future<String>> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(executor.submit(() -> waiter.getBean(Slow.class).work("a")));
            }
            assertThat(woken.await(500, TimeUnit.MILLISECONDS)).isFalse();
            mayEnd.countDown();

            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("done");
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
            for (Future<String> other : others) {
                assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo("done");
            }
            watch.close();
            assertNobodyIsLeftWaiting(new JdbcTemplate(PostgresServer.shared().dataSource()));
        }));
    }

    /** As every application would come to it. */
    private static RecordId idOf(String key) throws NoSuchMethodException {
        String signature = IdempotentMethods.signature(Slow.class, Slow.class.getMethod("work", String.class));
        return new RecordId(new StableDigest()
                .add("application")
                .add("method")
                .addAbsent()
                .add(signature)
                .add(key)
                .sum());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_TRANSACTIONAL", "POSTGRES_LEASE"})
    void nothingIsSentWhereNobodyWaits(Told told) {
        var database = PostgresServer.shared().createDatabase();
        mayEnd.countDown();
        runner(told, database).run(context -> {
            try (Connection connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN plimsoll_idempotency");
                for (int i = 0; i < 10; i++) {
                    context.getBean(Slow.class).work("key " + i);
                }
                statement.execute("NOTIFY plimsoll_idempotency, 'the end'");
                List<String> heard = new ArrayList<>();
                while (!heard.contains("the end")) {
                    for (PGNotification each :
                            connection.unwrap(PGConnection.class).getNotifications(20_000)) {
                        heard.add(each.getParameter());
                    }
                }
                assertThat(heard).containsExactly("the end");
            }
        });
    }

    private static void assertNobodyIsLeftWaiting(JdbcTemplate server) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.queryForObject(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
                                        + " AND classid::bigint::bit(32)::int = ?",
                                Integer.class,
                                PostgresWakeUps.LOCK_CLASS)
                        == 0);
    }
}
