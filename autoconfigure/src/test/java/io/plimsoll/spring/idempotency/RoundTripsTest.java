package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.Counted.Round;
import io.plimsoll.spring.idempotency.TestDatabase.Pool;
import io.plimsoll.test.PostgresServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** What the promise costs: two statements more than the bare method, no commit more. */
class RoundTripsTest {

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aFirstCallTakesTwoStatementsMoreAndNoCommitMore(TestDatabase database) throws Exception {
        Counted counted = new Counted();
        try (App app = new App(database.open(2), counted::around, new String[0], Desk.class, Bare.class)) {
            Desk desk = app.get(Desk.class);
            Bare bare = app.get(Bare.class);

            assertThat(counted.during(() -> bare.plain("a"))).isEqualTo(new Round(1, 0)); // It commits by itself.
            assertThat(counted.during(() -> desk.plain("a"))).isEqualTo(new Round(3, 1));

            assertThat(counted.during(() -> bare.transactional("a"))).isEqualTo(new Round(1, 1));
            assertThat(counted.during(() -> desk.transactional("a"))).isEqualTo(new Round(3, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aReplayTakesTwoStatements(TestDatabase database) throws Exception {
        Counted counted = new Counted();
        try (App app = new App(database.open(2), counted::around, new String[0], Desk.class)) {
            Desk desk = app.get(Desk.class);
            desk.plain("a");
            desk.transactional("a");

            assertThat(counted.during(() -> desk.plain("a"))).isEqualTo(new Round(2, 1));
            assertThat(counted.during(() -> desk.transactional("a"))).isEqualTo(new Round(2, 1));
        }
    }

    /** The server's own count: as many transactions as without Plimsoll, whichever way the method gets its own. */
    @Test
    void postgresCountsNoCommitMore() throws Exception {
        int calls = 200;
        long bare = commits(calls, (app, key) -> app.get(Bare.class).plain(key));
        long plain = commits(calls, (app, key) -> app.get(Desk.class).plain(key));
        long transactional = commits(calls, (app, key) -> app.get(Desk.class).transactional(key));

        // A few come from opening the pool and looking for the table, and from autovacuum.
        assertThat(bare).isBetween((long) calls, calls + 40L);
        assertThat(plain).isLessThan(bare + calls / 10);
        assertThat(transactional).isLessThan(bare + calls / 10);
    }

    private static long commits(int calls, Work work) throws Exception {
        Pool pool = TestDatabase.POSTGRESQL.open(1);
        String name = pool.jdbc().queryForObject("SELECT current_database()", String.class);
        pool.jdbc().execute("CREATE INDEX ON effects (name)");
        try (App app = new App(pool, new String[0], Desk.class, Bare.class)) {
            for (int i = 0; i < calls; i++) {
                work.call(app, "key " + i);
            }
        }
        // A session hands its figures in at its end at the latest.
        JdbcTemplate outside = new JdbcTemplate(PostgresServer.shared().dataSource());
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (number(outside, "SELECT count(*) FROM pg_stat_activity WHERE datname = ?", name) > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        return number(outside, "SELECT xact_commit FROM pg_stat_database WHERE datname = ?", name);
    }

    private static long number(JdbcTemplate jdbc, String sql, Object... arguments) {
        Long number = jdbc.queryForObject(sql, Long.class, arguments);
        return number == null ? -1 : number;
    }

    @FunctionalInterface
    interface Work {
        Object call(App app, String key) throws Exception;
    }

    /** {@link Desk} without the promise. */
    static class Bare {

        private final JdbcTemplate jdbc;

        Bare(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        public int plain(String id) {
            return jdbc.update("INSERT INTO effects (name) VALUES (?)", id);
        }

        @Transactional
        public int transactional(String id) {
            return jdbc.update("INSERT INTO effects (name) VALUES (?)", id);
        }
    }
}
