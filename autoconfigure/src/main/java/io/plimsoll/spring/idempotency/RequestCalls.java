package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.PromisedMethod;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is different where Spring MVC is there. */
interface RequestCalls {

    /** Without Spring MVC there are no requests. */
    RequestCalls NONE = new RequestCalls() {

        @Override
        public @Nullable CallSource source(
                IdempotentMethod handler, @Nullable CallSource withoutRequest, JsonMapper mapper) {
            return withoutRequest;
        }

        @Override
        public ResultShape shape(Class<?> resultType) {
            return ResultShape.PLAIN;
        }

        @Override
        public FailureShape failureShape() {
            return FailureShape.NONE;
        }

        @Override
        public void requireReplayable(PromisedMethod handler) {
            // Nobody but Spring MVC renders anything.
        }
    };

    /**
     * The source of calls of a request handler.
     *
     * @param withoutRequest for calls that no request makes; null if the key comes from a header
     * @return null if there is none
     */
    @Nullable
    CallSource source(IdempotentMethod handler, @Nullable CallSource withoutRequest, JsonMapper mapper);

    ResultShape shape(Class<?> resultType);

    FailureShape failureShape();

    /** @throws BrokenPromiseException if a handler's answer is more than what it returns */
    void requireReplayable(PromisedMethod handler);
}
