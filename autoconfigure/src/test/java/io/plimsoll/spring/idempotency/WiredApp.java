package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.idempotency.Ledger.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The {@link Ledger} behind a {@link Wire} that breaks at chosen steps. */
final class WiredApp implements AutoCloseable {

    final DurableDatabase database;
    final Wire wire;
    final LedgerApp app;
    final Ledger ledger;
    private final Map<Step, Runnable> once = new ConcurrentHashMap<>();

    /** Every way on every database to which there is a connection; H2 is in the same process. */
    static Stream<Arguments> everyWay() {
        return Stream.of(TestDatabase.POSTGRESQL, TestDatabase.MARIADB)
                .flatMap(kind -> Stream.of(Way.values()).map(way -> Arguments.of(kind, way)));
    }

    WiredApp(TestDatabase kind, Class<?>... beans) throws IOException {
        this(DurableDatabase.create(kind), beans);
    }

    /** Another JVM on the same database, as it were. */
    WiredApp(WiredApp other) throws IOException {
        this(other.database);
    }

    private WiredApp(DurableDatabase database, Class<?>... beans) throws IOException {
        this.database = database;
        wire = new Wire(database.port());
        app = new LedgerApp(database.through(wire).pool(2, Duration.ofSeconds(1)), this::reached, beans);
        ledger = app.ledger();
    }

    /** The next time a call gets there. */
    void at(Step step, Runnable work) {
        once.put(step, work);
    }

    private void reached(Step step) {
        Runnable work = once.remove(step);
        if (work != null) {
            work.run();
        }
    }

    @Override
    public void close() {
        app.close();
        wire.close();
    }
}
