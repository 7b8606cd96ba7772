package io.plimsoll.spring.timeout;

import io.micrometer.context.ThreadLocalAccessor;
import io.plimsoll.timeout.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Carries the deadline of a thread to others with Micrometer's context propagation, and out of the Reactor context
 * (under the same key) to the threads that operators run on. There the rest of the budget rules as it does in a task.
 *
 * <p>Stateless: the value is the thread's own deadline object, by which it is known when it comes back.
 */
final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

    @Override
    public Object key() {
        return Deadline.class;
    }

    @Override
    public @Nullable Deadline getValue() {
        return Budget.boundOfThread();
    }

    @Override
    public void setValue(Deadline deadline) {
        Terms terms = Watchdog.terms(deadline);
        if (terms == null || deadline == Budget.boundOfThread()) {
            return;
        }
        if (!terms.isCap() || Budget.ofThread() != null) {
            terms.watchdog().resume(terms.ofBudget());
        } else if (!(Budget.boundOfThread() instanceof Terms nearer && nearer.endsBefore(terms.deadline()))) {
            terms.carriedCap().bindAsCap();
        }
    }

    @Override
    public void setValue() {
        Budget.hide();
    }

    @Override
    public void restore(Deadline previous) {
        Budget.unwind(previous);
    }

    @Override
    public void restore() {
        Budget.unwind(null);
    }
}
