package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.Deadline;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Bounds each subscription to what a method returns: the time to its last element, not between two. At the deadline the
 * source is cancelled, and the subscriber gets the error. The deadline is in the subscription's context, under {@code
 * Deadline.class}, for what runs inside.
 *
 * <p>What the method does before it returns is bounded on the caller's thread, by a budget of the same length.
 */
final class PublisherBudgetInterceptor implements MethodInterceptor {

    private final Watchdog watchdog;
    private final BudgetPolicy policy;
    private final BudgetInterceptor untilItReturns;

    PublisherBudgetInterceptor(Watchdog watchdog, BudgetPolicy policy) {
        this.watchdog = watchdog;
        this.policy = policy;
        this.untilItReturns = new BudgetInterceptor(watchdog, policy);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object result = untilItReturns.invoke(invocation);
        if (result instanceof Mono<?> mono) {
            return Mono.deferContextual(context -> bound(mono, nearest(Context.of(context))));
        }
        return result instanceof Publisher<?> publisher
                ? Flux.deferContextual(context -> bound(Flux.from(publisher), nearest(Context.of(context))))
                : result;
    }

    private <T> Mono<T> bound(Mono<T> source, Terms terms) {
        AtomicReference<TimeoutExceededException> cut = new AtomicReference<>();
        return source.takeUntilOther(deadline(terms, cut))
                .switchIfEmpty(Mono.defer(() -> end(cut, terms)))
                .contextWrite(context -> context.put(Deadline.class, terms));
    }

    private <T> Flux<T> bound(Flux<T> source, Terms terms) {
        AtomicReference<TimeoutExceededException> cut = new AtomicReference<>();
        return source.takeUntilOther(deadline(terms, cut))
                .concatWith(Mono.defer(() -> end(cut, terms)))
                .contextWrite(context -> context.put(Deadline.class, terms));
    }

    /**
     * A signal at the deadline, and not an error: the source is cancelled on the one and not on the other. What it was
     * doing is asked before that.
     */
    private static Mono<Long> deadline(Terms terms, AtomicReference<TimeoutExceededException> cut) {
        return Mono.delay(Duration.ofNanos(Math.max(0, terms.remainingNanos())))
                .doOnNext(now -> cut.set(terms.expired()));
    }

    private <T> Mono<T> end(AtomicReference<TimeoutExceededException> cut, Terms terms) {
        TimeoutExceededException exceeded = cut.get();
        if (exceeded == null) {
            return Mono.empty();
        }
        if (terms.mayReport()) {
            watchdog.report(exceeded);
        }
        return Mono.error(exceeded);
    }

    /** Of this method's own, the caller's in the context, and the subscribing thread's. */
    private Terms nearest(Context context) {
        Terms own = watchdog.terms(policy, System.nanoTime());
        Terms around = Watchdog.terms(context.getOrDefault(Deadline.class, null));
        return around != null && around.endsBefore(own.deadline()) ? around.ofBudget() : own;
    }

    @Override
    public String toString() {
        return untilItReturns.toString();
    }
}
