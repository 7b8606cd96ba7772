package io.plimsoll.spring.outbox;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.spring.jdbc.OwnTransaction;
import java.util.Arrays;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

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
        return store.source().isInTransaction()
                ? run(invocation)
                : OwnTransaction.run(store.source(), method, status -> run(invocation));
    }

    private @Nullable Object run(MethodInvocation invocation) throws Throwable {
        Object result = invocation.proceed();
        if (result == null) {
            return null;
        }
        @Nullable Object[] withResult = append(invocation.getArguments(), result);
        CompiledExpression payload = promise.payload();
        Events.of(payload == null ? result : payload.evaluate(withResult)).forEach(event -> publish(event, withResult));
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
