package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the stages of all idempotent methods share. The database is looked for once all singletons stand: stages are made
 * while beans are, and must not pull a data source into the midst of that. Thread-safe.
 */
final class Engine implements SmartInitializingSingleton {

    private static final Log log = LogFactory.getLog(Engine.class);

    private final Supplier<StoreDataSource> source;
    private final Supplier<IdempotencyStore> store;
    private final Supplier<CallMeter> meter;
    private final boolean strict;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean used;

    /** @param strict whether work that escapes from the transaction is an error */
    Engine(
            Supplier<StoreDataSource> source,
            Function<StoreDataSource, IdempotencyStore> store,
            Supplier<CallMeter> meter,
            boolean strict) {
        this.source = SingletonSupplier.of(source);
        this.store = SingletonSupplier.of(() -> store.apply(source()));
        this.meter = SingletonSupplier.of(meter);
        this.strict = strict;
    }

    StoreDataSource source() {
        return source.get();
    }

    IdempotencyStore store() {
        return store.get();
    }

    CallMeter meter() {
        return meter.get();
    }

    /** Some method is idempotent: the store is needed. */
    void use() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    /** An application that would fail at its first request should fail to start. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!used) {
            return;
        }
        try {
            store().verify();
        } catch (BadSqlGrammarException e) {
            throw new BrokenPromiseException(
                    "@Idempotent is used, but the table plimsoll_idempotency is not in the database, or is not as this"
                            + " version needs it: " + e.getMostSpecificCause().getMessage() + ".",
                    "Set plimsoll.jdbc.initialize-schema=always, or give the script of your database to Flyway or"
                            + " Liquibase: io/plimsoll/spring/idempotency/schema-{postgresql,mariadb,h2}.sql in"
                            + " plimsoll-spring-boot-autoconfigure.");
        } catch (DataAccessException e) {
            log.warn(
                    "The database of the idempotency records does not answer. Until it does, idempotent calls are"
                            + " refused.",
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
}
