package io.plimsoll.spring.idempotency;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Takes the result of a method apart into what is written as JSON and what is not, and puts it together again. */
interface ResultShape {

    /** What carries nothing but itself. */
    ResultShape PLAIN = new Plain();

    /** @see #PLAIN */
    class Plain implements ResultShape {

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
    }

    /** What a result is that names no status of its own. */
    int NO_STATUS = 0;

    /** What the method's result has that is written as JSON, as a type. */
    default Type bodyType(Type resultType) {
        return resultType;
    }

    /** The status with which a result will be answered; {@link #NO_STATUS} if the result does not say. */
    default int status(Object result) {
        return NO_STATUS;
    }

    @Nullable
    ResponseHead head(Object result);

    @Nullable
    Object body(Object result);

    @Nullable
    Object compose(@Nullable ResponseHead head, @Nullable Object body);
}
