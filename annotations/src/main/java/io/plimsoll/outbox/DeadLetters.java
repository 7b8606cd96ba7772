package io.plimsoll.outbox;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events that were given up, and those behind them that wait because their key is parked. None of them is ever dropped but by
 * {@link #discard}. A bean. Thread-safe.
 */
public interface DeadLetters {

    /**
     * Some of them; those of one key are in their order.
     *
     * @param topic null for all topics
     * @param after the id of the last one of the list before; null for the first ones
     * @param limit how many at most; positive
     */
    List<DeadLetter> list(@Nullable String topic, @Nullable UUID after, int limit);

    /** How many there are. */
    long count();

    /**
     * Delivers all of a key again, in their order, and before anything of it that is newer.
     *
     * @param key null for those without one
     * @return how many
     */
    int replay(String topic, @Nullable String key);

    /**
     * Forgets some for good. A key of which none is left goes on with what is newer.
     *
     * @return how many of them there were
     */
    int discard(Collection<UUID> ids);
}
