package io.plimsoll.spring.outbox;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.outbox.NoTransactionForEventException;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.spring.jdbc.OwnTransaction;
import java.util.Arrays;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Publishes what a method returns, in the transaction of the work. Thread-safe. */
final class OutboxInterceptor implements MethodInterceptor {

    private final String method;
    private final CompiledOutboxed promise;
    private final OutboxStore store;
    private final Supplier<Outbox> outbox;

    OutboxInterceptor(String method, CompiledOutboxed promise, OutboxStore store, Supplier<Outbox> outbox) {
        this.method = method;
        this.promise = promise;
        this.store = store;
        this.outbox = outbox;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        if (store.source().isInTransaction()) {
            return run(invocation);
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new NoTransactionForEventException(
                    method + " is @Outboxed and was called in a transaction that is none on"
                            + " the DataSource of the outbox: its event would be committed whatever becomes of that one. Call it"
                            + " outside of it, or in a transaction of that DataSource.");
        }
        return OwnTransaction.run(store.source(), method, status -> run(invocation));
    }

    private @Nullable Object run(MethodInvocation invocation) throws Throwable {
        Object result = invocation.proceed();
        if (result != null) {
            @Nullable Object[] withResult = append(invocation.getArguments(), result);
            try {
                CompiledExpression payload = promise.payload();
                Events.of(payload == null ? result : payload.evaluate(withResult))
                        .forEach(event -> publish(event, withResult));
            } catch (RuntimeException e) {
                // Whoever catches this would otherwise commit what the method did, without its event.
                EventBuffer.of(events -> {}).refuse(method, e);
                throw e;
            }
        }
        return result;
    }

    private void publish(Object event, @Nullable Object[] withResult) {
        CompiledExpression key = promise.key();
        outbox.get().publish(promise.topic(), key == null ? null : key.evaluate(append(withResult, event)), event);
    }

    private static @Nullable Object[] append(@Nullable Object[] arguments, Object last) {
        @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @Override
    public String toString() {
        return "topic " + promise.topic();
    }
}
