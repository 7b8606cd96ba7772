package io.plimsoll.spring.timeout.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.TimeoutOptions;
import io.plimsoll.spring.timeout.Threads;
import io.plimsoll.spring.timeout.Timed;
import io.plimsoll.test.RedisServer;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Proof 5 of the protocol, for Redis: on a server that is told to answer nobody. */
class RedisBudgetTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final RedisServer server = RedisServer.shared();
    private final Timed timed = new Timed(LONG);

    @BeforeEach
    @AfterEach
    void talkAgain() {
        assertThat(tell("PING")).isEqualTo("+PO");
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
    }

    @AfterEach
    void stop() {
        timed.close();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aCommandEndsWithTheBudgetAndTheNextOneWorks(Threads threads) {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            redis.opsForValue().set("product", "mug");

            threads.run(1, () -> {
                silence();
                assertCut(SHORT, "the Redis command GET", () -> redis.opsForValue()
                        .get("product"));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                talkAgain();
                assertThat(timed.call(LONG, () -> redis.opsForValue().get("product")))
                        .isEqualTo("mug");
                return null;
            });
        });
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aCommandThatBlocksInTheServerEndsToo(Threads threads) {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            threads.run(1, () -> {
                assertCut(SHORT, "the Redis command BLPOP", () -> redis.opsForList()
                        .leftPop("queue", LONG));
                assertThat(redis.opsForList().size("queue")).isZero();
                return null;
            });
        });
    }

    /** A timeout of 0 would be none at all. */
    @ParameterizedTest
    @MethodSource("io.plimsoll.spring.timeout.Threads#available")
    void aRestOfLessThanAMillisecondIsNotForEver(Threads threads) {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            redis.opsForValue().get("warm");
            threads.run(1, () -> {
                silence();
                for (int i = 0; i < 20; i++) {
                    assertThatThrownBy(() -> timed.call(Duration.ofNanos(400_000), () -> redis.opsForValue()
                                    .get("product")))
                            .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.elapsed())
                                    .isLessThan(SILENCE));
                }
                return null;
            });
        });
    }

    @Test
    void aSpentBudgetSendsNothing() {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            redis.delete("never");

            assertThatThrownBy(() -> timed.callUninterrupted(SHORT, () -> {
                        Timed.burn(SHORT.multipliedBy(2));
                        redis.opsForValue().set("never", "sent");
                        return null;
                    }))
                    .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.kind())
                            .isEqualTo("code"));

            assertThat(redis.hasKey("never")).isFalse();
        });
    }

    @Test
    void noReplyReachesAnotherCommandHoweverManyAreCut() {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            for (int i = 0; i < 100; i++) {
                redis.opsForValue().set("key-" + i, "value-" + i);
            }
            AtomicInteger cut = new AtomicInteger();

            Threads.PLATFORM.run(8, () -> {
                for (int round = 0; round < 400; round++) {
                    int i = ThreadLocalRandom.current().nextInt(100);
                    Callable<String> read = () -> redis.opsForValue().get("key-" + i);
                    try {
                        String value = round % 2 == 0
                                ? read.call()
                                : timed.call(
                                        Duration.ofNanos(
                                                ThreadLocalRandom.current().nextInt(50_000, 1_500_000)),
                                        read);
                        assertThat(value).isEqualTo("value-" + i);
                    } catch (TimeoutExceededException e) {
                        cut.incrementAndGet();
                    }
                }
                return null;
            });

            assertThat(cut).as("some were cut").hasValueGreaterThan(0);
        });
    }

    @Test
    void aTransactionThatIsCutLeavesNoConnectionInside() {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            redis.delete("inside");

            assertThatThrownBy(() -> timed.callUninterrupted(
                            SHORT,
                            () -> redis.execute(new SessionCallback<List<Object>>() {
                                @Override
                                @SuppressWarnings("unchecked")
                                public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
                                    operations.multi();
                                    operations.opsForValue().set((K) "inside", (V) "1");
                                    Timed.burn(SHORT.multipliedBy(2));
                                    return operations.exec();
                                }
                            })))
                    .isInstanceOf(TimeoutExceededException.class);

            assertThat(redis.opsForValue().get("inside"))
                    .as("all of it or nothing")
                    .isEqualTo("1");
            redis.opsForValue().set("outside", "1");
            assertThat(redis.opsForValue().get("outside")).isEqualTo("1");
        });
    }

    /** Once their connection is open: Spring Data waits for that in a way that nothing ends. */
    @Test
    void pipelinesEndAsWell() {
        run(context -> {
            StringRedisTemplate redis = redis(context);
            AtomicInteger sent = new AtomicInteger();

            assertCut(
                    SHORT,
                    "the Redis command SET",
                    () -> redis.executePipelined((RedisCallback<Object>) connection -> {
                        connection.ping();
                        silence();
                        for (int i = 0; i < 10; i++) {
                            connection.stringCommands().set(("p" + i).getBytes(StandardCharsets.UTF_8), new byte[] {'1'
                            });
                            sent.incrementAndGet();
                        }
                        return null;
                    }));
            assertThat(sent).hasValue(10);
        });
    }

    @Test
    void withoutABudgetTheConfiguredTimeoutHolds() {
        application().withPropertyValues("spring.data.redis.timeout=200ms").run(context -> {
            StringRedisTemplate redis = redis(context);
            redis.opsForValue().get("warm");
            silence();
            assertThatThrownBy(() -> redis.opsForValue().get("product")).isInstanceOf(QueryTimeoutException.class);
            assertThatThrownBy(() -> timed.call(LONG, () -> redis.opsForValue().get("product")))
                    .isInstanceOf(QueryTimeoutException.class);
        });
    }

    @Test
    void soDoesATimeoutThatTheApplicationGaveToLettuce() {
        application()
                .withBean(
                        LettuceClientOptionsBuilderCustomizer.class,
                        () -> options -> options.timeoutOptions(TimeoutOptions.enabled(Duration.ofMillis(200))))
                .run(context -> {
                    StringRedisTemplate redis = redis(context);
                    redis.opsForValue().get("warm");
                    silence();
                    assertThatThrownBy(() -> redis.opsForValue().get("product"))
                            .isInstanceOf(QueryTimeoutException.class);
                });
    }

    /** The server answers nobody for a while. */
    private void silence() {
        assertThat(tell("CLIENT PAUSE " + SILENCE.toMillis() + " ALL")).isEqualTo("+OK");
    }

    /** Past the client under test. */
    private String tell(String command) {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout((int) SILENCE.multipliedBy(5).toMillis());
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertCut(Duration budget, String activity, Callable<?> work) {
        assertThatThrownBy(() -> timed.call(budget, work)).isInstanceOfSatisfying(TimeoutExceededException.class, e -> {
            assertThat(e.kind()).isEqualTo("redis");
            assertThat(e.activity()).isEqualTo(activity);
            assertThat(e.elapsed()).isBetween(budget, SILENCE);
        });
    }

    private static StringRedisTemplate redis(ApplicationContext context) {
        return context.getBean(StringRedisTemplate.class);
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisBudgetAutoConfiguration.class))
                .withPropertyValues(
                        "spring.data.redis.host=" + server.host(), "spring.data.redis.port=" + server.port());
    }

    private void run(Work work) {
        application().run(context -> work.run(context));
    }

    private interface Work {

        void run(ApplicationContext context) throws Exception;
    }
}
