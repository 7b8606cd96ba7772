package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotency;
import io.plimsoll.idempotency.IdempotentCalls;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.idempotency.Recovered;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes operations of the same parts as idempotent methods. */
final class DefinedCalls implements IdempotentCalls {

    /** Of all that were built, by name: that is what their records are known by. */
    private final Map<String, Class<?>> results = new ConcurrentHashMap<>();

    private final IdempotentMethods methods;
    private final Engine engine;

    DefinedCalls(IdempotentMethods methods, Engine engine) {
        this.methods = methods;
        this.engine = engine;
    }

    @Override
    public <R> Builder<R> named(String name, Class<R> result) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An idempotent operation needs a name, which its keys belong to.");
        }
        return new Definition<>(name, result);
    }

    private final class Definition<R> implements Builder<R> {

        private final String name;
        private final Class<R> result;
        private Mode mode = Mode.AUTO;
        private Duration ttl = Duration.ofHours(24);
        private Duration lease = Duration.ofSeconds(30);
        private OnLost onLost = OnLost.UNKNOWN;
        private OnDuplicate onDuplicate = OnDuplicate.REJECT;
        private Duration maxWait = Duration.ofSeconds(5);
        private Class<?>[] recordFailures = {};

        private Definition(String name, Class<R> result) {
            this.name = name;
            this.result = result;
        }

        @Override
        public Builder<R> mode(Mode mode) {
            this.mode = mode;
            return this;
        }

        @Override
        public Builder<R> ttl(Duration ttl) {
            this.ttl = positive(ttl, "ttl");
            return this;
        }

        @Override
        public Builder<R> lease(Duration lease) {
            if (lease.compareTo(IdempotentMethods.LEAST_LEASE) < 0) {
                throw new IllegalArgumentException(
                        "The lease of the idempotent operation " + name + " is " + lease + ", and must be at least "
                                + IdempotentMethods.LEAST_LEASE + ": its holder could not renew it.");
            }
            this.lease = lease;
            return this;
        }

        @Override
        public Builder<R> onLost(OnLost onLost) {
            this.onLost = onLost;
            return this;
        }

        @Override
        public Builder<R> onDuplicate(OnDuplicate onDuplicate) {
            this.onDuplicate = onDuplicate;
            return this;
        }

        @Override
        public Builder<R> maxWait(Duration maxWait) {
            this.maxWait = maxWait.isZero() ? maxWait : positive(maxWait, "maxWait");
            return this;
        }

        @Override
        public Builder<R> recordFailures(Class<?>... failures) {
            this.recordFailures = failures.clone();
            return this;
        }

        private Duration positive(Duration duration, String what) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("The " + what + " of the idempotent operation " + name + " is "
                        + duration + ", and must be positive.");
            }
            return duration;
        }

        @Override
        public Operation<R> build() {
            Class<?> other = results.putIfAbsent(name, result);
            if (other != null && other != result) {
                throw new IllegalStateException("Two idempotent operations are named " + name + ", one with "
                        + other.getName() + " and one with " + result.getName()
                        + ": each would answer with what the other has left. Give them names of their own.");
            }
            IdempotentMethod operation = new IdempotentMethod(
                    name,
                    name,
                    methods.application(),
                    null,
                    null,
                    null,
                    ttl,
                    methods.mode(name, mode),
                    lease,
                    onLost,
                    // Asked through the work of each call, which knows what there is.
                    (target, arguments) -> Recovered.unknown(),
                    onDuplicate,
                    maxWait);
            IdempotentMethods.Resolved resolved = methods.define(operation, result, recordFailures);
            return new Defined<>(resolved.outer(engine), resolved.inner(engine));
        }
    }

    /** @param claim null in LEASE mode, whose claim is made outside of any transaction */
    private record Defined<R>(
            CallInterceptor call, @Nullable ClaimInterceptor claim) implements Operation<R> {

        @Override
        @SuppressWarnings("unchecked") // Both the work and what is read back are of the class that was given.
        public <E extends Exception> @Nullable R call(
                Object key,
                @Nullable Object payload,
                Idempotency.Work<? extends @Nullable R, E> work,
                Supplier<Recovered<R>> recover)
                throws E {
            try {
                return (R) call.call(new @Nullable Object[] {key, payload}, new Given<>(claim, work, recover));
            } catch (Throwable failure) {
                throw Defined.<RuntimeException>sneaky(failure);
            }
        }

        /** What the work throws is declared by it; all else is unchecked. */
        @SuppressWarnings("unchecked")
        private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
            throw (T) failure;
        }
    }

    private record Given<R>(
            @Nullable ClaimInterceptor claim,
            Idempotency.Work<? extends @Nullable R, ?> work,
            Supplier<Recovered<R>> recovery)
            implements Work {

        @Override
        public @Nullable Object proceed() throws Throwable {
            return claim == null ? work.run() : claim.run(work::run);
        }

        @Override
        public Recovered<?> recover() {
            return Objects.requireNonNull(recovery.get(), "a Recovered, which can be unknown()");
        }
    }
}
