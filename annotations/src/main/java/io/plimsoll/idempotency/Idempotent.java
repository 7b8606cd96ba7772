package io.plimsoll.idempotency;

import io.plimsoll.companion.DurationString;
import io.plimsoll.companion.KeyExpression;
import io.plimsoll.companion.Promise;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises one effect and one answer per key, across retries, races, instances and crashes.
 *
 * <p>The first call with a key runs, in a transaction; what it returned is recorded in that same transaction. Every
 * later call with the key gets the recorded answer and runs nothing. If the transaction rolls back nothing is recorded,
 * and the next call runs. The promise covers what the method does in the database of the store; a payment or an e-mail
 * is outside of it.
 *
 * <p>A key belongs to the application, the method (for a request handler: the route) and the {@linkplain #scope()
 * scope}; for a request handler also to the authenticated user. Keys are stored hashed.
 *
 * <p>Errors, all of them {@link IdempotencyException}s and over HTTP problem details with a {@code code}: no key ({@link
 * KeyMissingException}), a key that is already used for another payload ({@link KeyReusedException}), a call with the
 * same key that is still running ({@link CallInFlightException}), an outcome that cannot be found out ({@link
 * OutcomeUnknownException}), a database that does not answer ({@link StoreUnavailableException}).
 *
 * @see NotIdempotent
 */
@Promise
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /**
     * What makes two calls the same call, such as {@code "#order.id"} or {@code "{#tenant, #number}"}. Empty: the
     * {@code Idempotency-Key} header of the request, for request handlers only.
     */
    @KeyExpression
    String key() default "";

    /** How long the answer is kept and replayed; longer than any client may retry. */
    @DurationString
    String ttl() default "24h";

    /** What keeps equal keys apart, such as {@code "#tenant"}. A request handler adds user and route by itself. */
    @KeyExpression
    String scope() default "";

    /**
     * What must not change under one key. Empty: for a request handler with a body the method, the path, the query and
     * the body as it was sent, JSON compared by content; elsewhere all arguments.
     */
    @KeyExpression
    String fingerprint() default "";

    /** How the promise is kept. */
    Mode mode() default Mode.AUTO;

    /**
     * {@link Mode#LEASE} only: the silence after which the holder of a claim counts as lost. A live holder renews its
     * claim at a third of it, however long the method takes; so it bounds how long a claim outlives its dead holder, and
     * must be longer than any pause of a live one.
     */
    @DurationString
    String lease() default "30s";

    /** {@link Mode#LEASE} only: what a call does that finds the claim of a lost one. */
    OnLost onLost() default OnLost.UNKNOWN;

    /**
     * {@link Mode#LEASE} only: the name of a method of the same class that finds out what became of a call whose outcome
     * is unknown, such as by asking the payment provider. It takes the same parameters, returns a {@link Recovered} of
     * the result, and is called, under the claim, by the next call with the key. Empty: there is none.
     */
    String recover() default "";

    /** What to do while another call with the same key is still running. */
    OnDuplicate onDuplicate() default OnDuplicate.REJECT;

    /** How long {@link OnDuplicate#WAIT} waits at most; zero does not wait. */
    @DurationString(zeroAllowed = true)
    String maxWait() default "5s";

    /**
     * Failures that are answers: the same call would fail in the same way again, such as a declined payment. They are
     * recorded, and later calls with the key get the same failure: an exception of the same class with the same message.
     * So each of these classes has a constructor that takes the message and nothing else, or is a Spring {@code
     * ErrorResponseException}, whose problem is recorded.
     *
     * <p>The work is rolled back like after any failure. After any other failure the key is free, and the next call runs.
     */
    Class<? extends Throwable>[] recordFailures() default {};
}
