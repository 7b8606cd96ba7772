package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.Counted.Round;
import io.plimsoll.test.RedisServer;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What a lease costs: a claim and a completion, and one statement in each transaction that may write. */
class LeaseRoundTripsTest {

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aFirstCallTakesAClaimACompletionAndAMarkInItsTransaction(TestDatabase database) throws Exception {
        Counted counted = new Counted();
        try (App app =
                new App(database.open(2), counted::around, new String[0], LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            work.once("warm up");

            assertThat(counted.during(() -> work.once("a"))).isEqualTo(new Round(2, 0));
            assertThat(counted.during(() -> work.inTransaction("b"))).isEqualTo(new Round(3, 1));
            app.get(LeasedWork.Script.class).work = () -> {
                work.writeInTransaction("one");
                work.writeInTransaction("two");
                return "done";
            };
            assertThat(counted.during(() -> work.once("c"))).isEqualTo(new Round(6, 2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aReplayTakesTwoStatements(TestDatabase database) throws Exception {
        Counted counted = new Counted();
        try (App app =
                new App(database.open(2), counted::around, new String[0], LeasedWork.class, LeasedWork.Script.class)) {
            LeasedWork work = app.get(LeasedWork.class);
            work.once("a");

            assertThat(counted.during(() -> work.once("a"))).isEqualTo(new Round(2, 0));
        }
    }

    /** As Redis counts them itself. */
    @Test
    void onRedisAFirstCallTakesTwoRoundTripsAndAReplayOne() throws Exception {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                RedisServer.shared().host(), RedisServer.shared().port());
        connections.start();
        try (App app = LeaseStore.REDIS.open(LeasedWork.class, LeasedWork.Script.class)) {
            StringRedisTemplate redis = new StringRedisTemplate(connections);
            LeasedWork work = app.get(LeasedWork.class);
            // The first call of a script sends its text.
            work.once("warm up");
            long before = calls(redis);

            work.once("a");
            long first = calls(redis);
            work.once("a");
            long replay = calls(redis);

            assertThat(first - before).isEqualTo(2);
            assertThat(replay - first).isEqualTo(1);
        } finally {
            connections.stop();
        }
    }

    private static long calls(StringRedisTemplate redis) {
        Properties stats = redis.execute((org.springframework.data.redis.core.RedisCallback<Properties>)
                connection -> connection.serverCommands().info("commandstats"));
        String evaluations = stats == null ? "" : stats.getProperty("cmdstat_evalsha", "calls=0,");
        return Long.parseLong(evaluations.substring("calls=".length(), evaluations.indexOf(',')));
    }
}
