package io.plimsoll.spring.idempotency;

import org.jspecify.annotations.Nullable;

/** Takes the result of a method apart into what is written as JSON and what is not, and puts it together again. */
interface ResultShape {

    /** What carries nothing but itself. */
    ResultShape PLAIN = new ResultShape() {

        @Override
        public @Nullable ResponseHead head(Object result) {
            return null;
        }

        @Override
        public @Nullable Object body(Object result) {
            return result;
        }

        @Override
        public @Nullable Object compose(@Nullable ResponseHead head, @Nullable Object body) {
            return body;
        }
    };

    @Nullable
    ResponseHead head(Object result);

    @Nullable
    Object body(Object result);

    @Nullable
    Object compose(@Nullable ResponseHead head, @Nullable Object body);
}
