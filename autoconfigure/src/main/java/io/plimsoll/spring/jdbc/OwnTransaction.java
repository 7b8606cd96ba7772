package io.plimsoll.spring.jdbc;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** A transaction that a promise opens around a method, where its caller has none. */
public final class OwnTransaction {

    private OwnTransaction() {}

    /** What is done in it. */
    @FunctionalInterface
    public interface Work {

        @Nullable
        Object in(TransactionStatus status) throws Throwable;
    }

    /**
     * Runs work in a new transaction on a data source. Any failure rolls back, so that a call that has failed has had no effect.
     *
     * @param name for people who look at transactions
     */
    public static @Nullable Object run(StoreDataSource source, String name, Work work) throws Throwable {
        return run(source, name, TransactionDefinition.ISOLATION_DEFAULT, work);
    }

    /**
     * Runs work as {@link #run(StoreDataSource, String, Work)} does.
     *
     * @param isolation of {@link TransactionDefinition}
     */
    public static @Nullable Object run(StoreDataSource source, String name, int isolation, Work work) throws Throwable {
        PlatformTransactionManager transactions = source.transactionManager();
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setName(name);
        definition.setIsolationLevel(isolation);
        TransactionStatus status = transactions.getTransaction(definition);
        Object result;
        try {
            result = work.in(status);
        } catch (Throwable failure) {
            rollBack(transactions, status, failure);
            throw failure;
        }
        if (status.isRollbackOnly()) {
            // A service has failed and the method has made an answer of it. Without Plimsoll nobody would have thrown.
            transactions.rollback(status);
        } else {
            transactions.commit(status);
        }
        return result;
    }

    private static void rollBack(PlatformTransactionManager transactions, TransactionStatus status, Throwable failure) {
        try {
            transactions.rollback(status);
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }
}
