package io.plimsoll.idempotency;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The idempotent call that the current thread is in, for the code below it.
 *
 * <p>A call protects what it does in its own database. What it asks of others - a payment, an e-mail - it can only ask
 * again when it is repeated; a <em>child key</em> lets them recognize that. It is the same each time the call is made
 * with the same key, in every process, and it tells nothing of that key.
 *
 * <pre>{@code
 * Idempotency.asChild("charge", () -> payments.charge(order));      // by a client that Spring Boot has built, or
 * gateway.charge(order, Idempotency.childKey("charge"));            // by any other
 * }</pre>
 *
 * <p>Only Plimsoll extends this class.
 */
public abstract class Idempotency {

    private static final ThreadLocal<@Nullable Idempotency> CURRENT = new ThreadLocal<>();

    private @Nullable String child;

    protected Idempotency() {}

    /**
     * The key under which the current call asks somebody else to do something: 43 characters of {@code A-Za-z0-9-_}.
     *
     * @param name what is asked; another name for each thing that one call asks for
     * @throws IllegalStateException outside of an idempotent call
     */
    public static String childKey(String name) {
        Idempotency call = required("childKey(\"" + name + "\")");
        return call.deriveKey(call.path(name));
    }

    /**
     * Does something that is asked of others. Meanwhile HTTP requests of the thread carry the child key as their {@code
     * Idempotency-Key}, if a client that Spring Boot has built sends them and the application has set none. They all carry
     * the same, so ask for one thing only; a repetition of the same request is one thing.
     *
     * @param name as in {@link #childKey}; within another one it is part of that
     * @throws IllegalStateException outside of an idempotent call
     */
    public static <T extends @Nullable Object, E extends Exception> T asChild(String name, Work<T, E> work) throws E {
        Idempotency call = required("asChild(\"" + name + "\", ...)");
        String outer = call.child;
        call.child = call.path(name);
        try {
            return work.run();
        } finally {
            call.child = outer;
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, E extends Exception> {

        T run() throws E;
    }

    /** The key that requests of the thread carry now; empty outside of {@link #asChild}. */
    public static Optional<String> currentChildKey() {
        Idempotency call = CURRENT.get();
        return call == null || call.child == null ? Optional.empty() : Optional.of(call.deriveKey(call.child));
    }

    /**
     * A number that grows with every claim that is made for the key of the current call. A system that remembers the
     * largest one it has seen, and refuses smaller ones, is safe from a holder that has lost its claim without noticing.
     *
     * @throws IllegalStateException outside of an idempotent call in {@link Mode#LEASE}
     */
    public static long fencingToken() {
        return required("fencingToken()").fence();
    }

    private static Idempotency required(String what) {
        Idempotency call = CURRENT.get();
        if (call == null) {
            throw new IllegalStateException("Idempotency." + what + " was called outside of an @Idempotent call, or on"
                    + " another thread than that of the call. Ask for it on the thread of the call, and hand it on.");
        }
        return call;
    }

    private String path(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A child key needs a name: what is asked for, such as \"charge\".");
        }
        return child == null ? name : child + '\n' + name;
    }

    /** @param path one name or, from the outside in, several */
    protected abstract String deriveKey(String path);

    protected abstract long fence();

    protected static @Nullable Idempotency bound() {
        return CURRENT.get();
    }

    protected static void bind(@Nullable Idempotency call) {
        if (call == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(call);
        }
    }
}
