package io.plimsoll.timeout;

import io.plimsoll.companion.DurationString;
import io.plimsoll.companion.Promise;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that a call ends within a budget, everything it calls included.
 *
 * <p>The work stays on the caller's thread. At the deadline the JDBC statement, HTTP exchange or Redis command that is
 * running is cancelled, or else the thread is interrupted, and the call throws {@link TimeoutExceededException}. Tasks on
 * Spring's executors run under what is left. A {@code CompletionStage}, {@code Mono} or {@code Flux} as the result is
 * bounded as well. A transaction that has not begun to
 * commit by then is rolled back; a commit that has begun is left alone and counts as a success.
 *
 * <p>The innermost declaration wins: method, then type, then package. On a type it covers public methods and entry
 * points (request handlers, message listeners, scheduled methods); on a package entry points only. Under a caller's
 * budget the smaller remaining one rules.
 *
 * <p>Errors: a value that is no duration does not compile; a placeholder that cannot be resolved stops the start-up.
 *
 * @see NoTimeout
 * @see Deadline
 */
@Promise
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Timeout {

    /** The budget: {@code "500ms"}, {@code "2s"}, ISO-8601, or a placeholder such as {@code "${orders.timeout:2s}"}. */
    @DurationString
    String value();

    /**
     * Whether the thread may be interrupted at the deadline when it is in no call that can be cancelled otherwise.
     * Switch it off for code that does not survive an interrupt; such code is then cut at its next JDBC statement,
     * {@link Deadline#check()} or commit.
     */
    boolean interrupt() default true;
}
