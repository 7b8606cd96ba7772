package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.IdempotencyException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.Recovered;
import io.plimsoll.spring.idempotency.CallMeter.Result;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** The outer half: says which call this is, has its protocol run it, and tells how it ended. */
final class CallInterceptor implements MethodInterceptor {

    private final IdempotentMethod method;
    private final CallSource source;
    private final CallProtocol protocol;
    private final Engine engine;

    CallInterceptor(IdempotentMethod method, CallSource source, CallProtocol protocol, Engine engine) {
        this.method = method;
        this.source = source;
        this.protocol = protocol;
        this.engine = engine;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return call(invocation.getArguments(), new Proceeding((ProxyMethodInvocation) invocation));
    }

    /** @param arguments what the source of the call makes its identity of */
    @Nullable
    Object call(@Nullable Object[] arguments, Work work) throws Throwable {
        Result end = Result.FAILED;
        try {
            Call call = Call.enter(method, source.identify(arguments), protocol.isInTransaction());
            try {
                if (call.isInsideItself()) {
                    throw new CallInFlightException(method.name(), Wait.RETRY_AFTER);
                }
                Object result = protocol.run(call, work);
                end = call.state() == Call.State.ROLLED_BACK ? Result.FAILED : Result.EXECUTED;
                return result;
            } finally {
                call.leave();
                if (call.state() == Call.State.REPLAYED) {
                    end = Result.REPLAYED;
                    source.replaying(call.replayedHead());
                }
            }
        } catch (IdempotencyException refusal) {
            end = refusal.method().equals(method.name()) ? Result.of(refusal) : Result.FAILED;
            throw refusal;
        } finally {
            engine.meter().count(method, end);
        }
    }

    /** The rest of the chain: the other interceptors, the inner half, the method. */
    private final class Proceeding implements Work {

        private final ProxyMethodInvocation invocation;

        Proceeding(ProxyMethodInvocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public @Nullable Object proceed() throws Throwable {
            return invocation.invocableClone().proceed();
        }

        @Override
        public Recovered<?> recover() throws Throwable {
            Recovery recovery = method.recovery();
            return recovery == null
                    ? Recovered.unknown()
                    : recovery.ask(invocation.getThis(), invocation.getArguments());
        }
    }

    @Override
    public String toString() {
        return "one effect per key, " + method.onDuplicate()
                + (method.onDuplicate() == OnDuplicate.WAIT ? " " + DurationParser.format(method.maxWait()) : "")
                + (method.mode() == Mode.LEASE ? ", LEASE " + DurationParser.format(method.lease()) : "");
    }
}
