package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.store.EndOfCalls;
import io.plimsoll.idempotency.store.IdempotencyStore;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.jdbc.Database;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/** The stores that an application has, each looked for when it is first needed. Thread-safe. */
final class Stores {

    private static final String FEATURE = "@Idempotent";

    private final ListableBeanFactory beans;
    private final @Nullable LeaseStore wanted;
    private final StoreObservation observations;
    private final Supplier<StoreDataSource> source;
    private final Supplier<TransactionalStore> transactional;
    private final Supplier<Leases> leases;
    private final Supplier<Optional<PostgresWakeUps>> wakeUps;

    /** @param marking the same store, if it is one of rows in the business database */
    private record Leases(
            IdempotencyStore store,
            @Nullable EndOfCalls ends,
            @Nullable JdbcIdempotencyStore marking) {}

    /** What {@code plimsoll.idempotency.lease-store} can be. */
    enum LeaseStore {

        /** The table of the database. */
        JDBC,

        /** Redis. */
        REDIS
    }

    /** @param wanted null if the application does not say */
    Stores(ListableBeanFactory beans, @Nullable LeaseStore wanted, StoreObservation observations) {
        this.beans = beans;
        this.wanted = wanted;
        this.observations = observations;
        this.source = SingletonSupplier.of(() -> StoreDataSource.of(beans, FEATURE));
        this.transactional = SingletonSupplier.of(() -> new JdbcTransactionalStore(source(), observations));
        this.leases = SingletonSupplier.of(this::findLeases);
        this.wakeUps = SingletonSupplier.of(this::findWakeUps);
    }

    /** Asks no bean to be made. */
    boolean hasDatabase() {
        return beans.getBeanNamesForType(DataSource.class, true, false).length > 0;
    }

    StoreDataSource source() {
        return source.get();
    }

    TransactionalStore transactional() {
        return transactional.get();
    }

    IdempotencyStore leases() {
        return leases.get().store();
    }

    @Nullable
    JdbcIdempotencyStore marking() {
        return leases.get().marking();
    }

    private Leases findLeases() {
        IdempotencyStore own = beans.getBeanProvider(IdempotencyStore.class).getIfAvailable();
        if (own != null) {
            return new Leases(new ObservedStore(own, observations), own instanceof EndOfCalls ends ? ends : null, null);
        }
        if (wanted == LeaseStore.REDIS) {
            throw new BrokenPromiseException(
                    "plimsoll.idempotency.lease-store is redis, but the application has no RedisConnectionFactory.",
                    "Add spring-boot-starter-data-redis and set spring.data.redis.url, or delete the property.");
        }
        if (wanted == null && !hasDatabase()) {
            throw new BrokenPromiseException(
                    FEATURE + " keeps its claims in the application's database or in its Redis, and there is neither.",
                    "Add spring-boot-starter-jdbc or -data-jpa and set spring.datasource.url, or add"
                            + " spring-boot-starter-data-redis and set spring.data.redis.url.");
        }
        JdbcIdempotencyStore store = new JdbcIdempotencyStore(source(), this::tellOthers);
        return new Leases(new ObservedStore(store, observations), endOfTransactions(), store);
    }

    /** Who tells of the ends of leases; null if nobody does. */
    @Nullable
    EndOfCalls endOfLeases() {
        return leases.get().ends();
    }

    /** Who tells of calls that have committed; null if nobody does. */
    @Nullable
    EndOfCalls endOfTransactions() {
        return wakeUps.get().orElse(null);
    }

    private Optional<PostgresWakeUps> findWakeUps() {
        return source().database() == Database.POSTGRESQL
                ? Optional.ofNullable(
                        beans.getBeanProvider(PostgresWakeUps.class).getIfAvailable())
                : Optional.empty();
    }

    void tellOthers(RecordId id) {
        wakeUps.get().ifPresent(each -> each.tell(id));
    }
}
