package io.plimsoll.spring.timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a request comes to: terms that end when its caller stops waiting, at most. A time that is left, not
 * a point in time, so that clocks need not agree.
 */
final class IncomingBudget {

    /** Whole milliseconds, up to about thirty years; anything else is garbage, and ignored. */
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,12}");

    /** What a proxy says of the one that it passes a request on for. */
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For");

    /** Stands for a method as the one who set such a budget. */
    static final String CALLER = "the caller (" + BudgetHeader.NAME + ")";

    private final Watchdog watchdog;
    private final TrustedPeers peers;
    private final long maxNanos;

    IncomingBudget(Watchdog watchdog, TrustedPeers peers, Duration max) {
        this.watchdog = watchdog;
        this.peers = peers;
        this.maxNanos = max.toNanos();
    }

    /**
     * Whether a request was passed on for somebody else: then nobody knows whose the header is. And its address may be what
     * somebody wrote: containers put there what such a header says.
     *
     * @param header gives the value of a header, as the request came
     */
    static boolean isForwarded(Function<String, @Nullable String> header) {
        return FORWARDED.stream().anyMatch(name -> header.apply(name) != null);
    }

    /**
     * @param peer the address that the request came from
     * @param values of the header
     * @return null if there is none that can be believed
     */
    @Nullable
    Terms of(@Nullable String peer, List<String> values) {
        if (values.size() != 1 || !MILLISECONDS.matcher(values.get(0)).matches() || !peers.contain(peer)) {
            return null;
        }
        long nanos = Math.min(maxNanos, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(values.get(0))));
        long now = System.nanoTime();
        // Zero is a caller who has gone: the least that a budget can be.
        return Terms.cap(watchdog, new BudgetPolicy(CALLER, Math.max(1, nanos), true), now, now + Math.max(1, nanos));
    }
}
