package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.CallBudget;
import io.plimsoll.spring.timeout.CancelHandle;
import io.plimsoll.timeout.TimeoutExceededException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over HTTP, and how to end it. Thread-safe.
 *
 * <p>Whoever knows how the client lets go says so by {@link #endWith}, as soon as it knows; until then, and where nobody
 * knows, an interrupt has to do.
 */
final class Exchange implements CancelHandle {

    private static final ThreadLocal<@Nullable Exchange> BEGINNING = new ThreadLocal<>();

    private final String activity;
    private @Nullable End end;
    private volatile boolean underWay;
    private boolean ended;
    private boolean endedByOwnerOnly;

    Exchange(URI uri) {
        this.activity = "an HTTP call to " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** The exchange that the current thread is about to begin, for hooks that clients call meanwhile. */
    static @Nullable Exchange beginning() {
        return BEGINNING.get();
    }

    /** Between {@code begins(this)} and {@code begins(null)} it is the one that {@link #beginning} tells. */
    static void begins(@Nullable Exchange exchange) {
        if (exchange == null) {
            BEGINNING.remove();
        } else {
            BEGINNING.set(exchange);
        }
    }

    /** States how the exchange ends from now on. Ends it at once if it should have ended already. */
    void endWith(End newEnd) {
        boolean late;
        synchronized (this) {
            end = newEnd;
            late = ended;
        }
        if (late) {
            newEnd.run();
        }
    }

    /** States that ending it from another thread would block from now on. */
    synchronized void leaveToOwner() {
        endedByOwnerOnly = true;
    }

    /** Called by the owner: makes the client let go of what is left. */
    void discard() {
        End current;
        synchronized (this) {
            ended = true;
            current = end;
        }
        if (current != null) {
            current.run();
        }
    }

    /**
     * Called by the owner: closes a body or a response. Clients read what is left of it, to use the connection again: not
     * one that is out of time.
     */
    void close(Closeable client) throws IOException {
        CallBudget budget = CallBudget.current();
        if (budget == null && !isEnded()) {
            client.close();
            return;
        }
        if (budget != null && !isEnded() && budget.remainingNanos() > 0) {
            try {
                budget.call(this, () -> {
                    client.close();
                    return this;
                });
                return;
            } catch (TimeoutExceededException e) {
                // Out of time just now. The caller's end says so.
            }
        }
        discard();
        client.close();
    }

    @Override
    public void cancel() {
        End current;
        synchronized (this) {
            ended = true;
            current = endedByOwnerOnly ? null : end;
        }
        if (current != null) {
            current.run();
        }
    }

    /** Whether it was ended before its time: what it still yields is not the whole. */
    synchronized boolean isEnded() {
        return ended;
    }

    void begun() {
        underWay = true;
    }

    @Override
    public boolean underWay() {
        return underWay;
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public String activity() {
        return activity;
    }

    /** It does no harm: the connection of an exchange that is cut is not used again. */
    @Override
    public boolean interruptible() {
        return true;
    }

    /** Makes the client let go of an exchange, from any thread and as often as one likes. */
    @FunctionalInterface
    interface End {

        void run();
    }
}
