package io.plimsoll.benchmarks.outbox;

import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.benchmarks.BenchmarkDatabase;
import io.plimsoll.benchmarks.BenchmarkServer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database for one turn, and whoever is at work in it. Confined to one thread. */
final class Stage implements AutoCloseable {

    private static final String OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = ?";

    private final BenchmarkDatabase database;
    private final int connections;

    Stage(BenchmarkServer server, Options options) {
        database = server.createDatabase();
        connections = options.connections();
        database.jdbc().execute("CREATE TABLE business (id bigserial PRIMARY KEY, reference text NOT NULL)");
    }

    JdbcTemplate jdbc() {
        return database.jdbc();
    }

    /** A contender with a pool of its own. */
    Act open(Lane lane, LongConsumer delivered) {
        return open(lane, delivered, pool -> pool);
    }

    Act open(Lane lane, LongConsumer delivered, UnaryOperator<DataSource> wrapper) {
        HikariDataSource pool = database.pool(connections);
        try {
            return new Act(lane.factory().open(wrapper.apply(pool), delivered), pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** A contender at work. */
    record Act(Contender contender, HikariDataSource pool) implements AutoCloseable {

        @Override
        public void close() {
            contender.close();
            pool.close();
        }
    }

    /** All that was used; nobody may be at work. */
    Usage usage() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Integer.valueOf(0).equals(database.server().queryForObject(OTHERS, Integer.class, database.name()))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Somebody is still connected to " + database.name());
            }
            Thread.sleep(5);
        }
        return Usage.until(database);
    }

    /**
     * Until nothing waits any more.
     *
     * @return when that was
     */
    long awaitEmpty(Contender contender, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (Boolean.TRUE.equals(contender.jdbc().queryForObject(contender.waiting(), Boolean.class))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Events still wait after " + seconds + " s");
            }
            Thread.sleep(2);
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        database.close();
    }
}
