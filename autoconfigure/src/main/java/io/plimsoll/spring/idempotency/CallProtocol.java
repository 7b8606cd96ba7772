package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Mode;
import org.jspecify.annotations.Nullable;

/** How the promise of one method is kept. Thread-safe. */
interface CallProtocol {

    static CallProtocol of(IdempotentMethods.Resolved resolved, Engine engine) {
        IdempotentMethod method = resolved.method();
        return method.mode() == Mode.LEASE
                ? new LeaseCalls(method, resolved.codec(), resolved.source(), engine)
                : new TransactionalCalls(method, resolved.codec(), engine);
    }

    /** Whether the call would become part of a transaction of its caller. */
    boolean isInTransaction();

    /**
     * Runs a call, or answers it with what an earlier one has left.
     *
     * @throws io.plimsoll.idempotency.IdempotencyException if it is not let through
     */
    @Nullable
    Object run(Call call, Work work) throws Throwable;
}
