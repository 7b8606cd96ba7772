package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the stages of all idempotent methods share. The stores are looked for once all singletons stand: stages are made
 * while beans are, and must not pull a data source into the midst of that. Thread-safe.
 */
final class Engine implements SmartInitializingSingleton, SmartLifecycle {

    private static final Log log = LogFactory.getLog(Engine.class);

    /** Stops after web servers and listener containers, whose calls still end, and before connections. */
    private static final int PHASE = 1_000;

    private final Stores stores;
    private final Mode auto;
    private final Supplier<CallMeter> meter;
    private volatile LeaseKeeper keeper;
    private final Waiters waiters = new Waiters();
    private final boolean strict;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Set<Mode> used = EnumSet.noneOf(Mode.class);
    private volatile boolean running;

    /**
     * @param auto what {@link Mode#AUTO} means; {@link Mode#AUTO} for whatever the stores do best
     * @param strict whether work that escapes from the transaction is an error
     */
    Engine(Stores stores, Mode auto, Supplier<CallMeter> meter, boolean strict) {
        this.stores = stores;
        this.auto = auto;
        this.meter = SingletonSupplier.of(meter);
        this.keeper = new LeaseKeeper(stores::leases);
        this.strict = strict;
    }

    StoreDataSource source() {
        return stores.source();
    }

    TransactionalStore store() {
        return stores.transactional();
    }

    IdempotencyStore leases() {
        return stores.leases();
    }

    /** The store of the leases, if they are rows of the business database; null if not. */
    @Nullable
    JdbcIdempotencyStore markingStore() {
        return stores.marking();
    }

    LeaseKeeper keeper() {
        return keeper;
    }

    /** A wait for the call that holds a record, which is told of its end if the store can tell. */
    Wait waitFor(RecordId id, Duration budget, Mode mode) {
        return new Wait(
                budget,
                () -> waiters.begin(id, mode == Mode.LEASE ? stores.endOfLeases() : stores.endOfTransactions()));
    }

    /** A call has ended in this JVM. */
    void ended(RecordId id) {
        waiters.ended(id);
    }

    /** A call has ended that somebody in another JVM waits for. */
    void tellOthers(RecordId id) {
        stores.tellOthers(id);
    }

    CallMeter meter() {
        return meter.get();
    }

    /** What a method does that leaves it to us. */
    Mode auto() {
        return auto == Mode.AUTO ? (hasDatabase() ? Mode.TRANSACTIONAL : Mode.LEASE) : auto;
    }

    boolean hasDatabase() {
        return stores.hasDatabase();
    }

    /** Some method is idempotent in this mode: its store is needed. */
    void use(Mode mode) {
        synchronized (used) {
            used.add(mode);
        }
    }

    private boolean uses(Mode mode) {
        synchronized (used) {
            return used.contains(mode);
        }
    }

    /** @return how many records were deleted; less than {@code limit} if there are no more */
    int deleteExpired(int limit) {
        int deleted = uses(Mode.TRANSACTIONAL) ? store().deleteExpired(limit) : 0;
        boolean apart = uses(Mode.LEASE) && !(uses(Mode.TRANSACTIONAL) && markingStore() != null);
        return Math.max(deleted, apart ? leases().deleteExpired(limit) : 0);
    }

    /** An application that would fail at its first request should fail to start. */
    @Override
    public void afterSingletonsInstantiated() {
        if (uses(Mode.TRANSACTIONAL)) {
            verify(() -> store().verify());
        }
        if (uses(Mode.LEASE)) {
            verify(() -> leases().verify());
        }
    }

    private static void verify(Runnable store) {
        try {
            store.run();
        } catch (InvalidDataAccessResourceUsageException e) {
            throw new BrokenPromiseException(
                    "@Idempotent is used, but the table plimsoll_idempotency is not in the database, or is not as this"
                            + " version needs it: " + e.getMostSpecificCause().getMessage() + ".",
                    "Set plimsoll.jdbc.initialize-schema=always, or give the script of your database to Flyway or"
                            + " Liquibase: io/plimsoll/spring/idempotency/schema-{postgresql,mariadb,h2}.sql in"
                            + " plimsoll-spring-boot-autoconfigure.");
        } catch (DataAccessException e) {
            log.warn(
                    "The store of the idempotency records does not answer. Until it does, idempotent calls are refused.",
                    e);
        }
    }

    /** Work outside of the transaction that holds the claim happens again if that transaction rolls back. */
    void workEscapes(IdempotentMethod method) {
        String problem = method.name()
                + " is @Idempotent, but something in it leaves its transaction (REQUIRES_NEW, NOT_SUPPORTED). What is"
                + " done there stays if the call rolls back, and is done again when it is repeated. Let it join the"
                + " transaction (REQUIRED), or make it idempotent by itself.";
        if (strict) {
            throw new IllegalStateException(problem);
        }
        if (warned.add(method.signature())) {
            log.warn(problem);
        }
    }

    @Override
    public void start() {
        if (keeper.isClosed()) {
            keeper = new LeaseKeeper(stores::leases); // Stopped before, and now started again.
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        keeper.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
