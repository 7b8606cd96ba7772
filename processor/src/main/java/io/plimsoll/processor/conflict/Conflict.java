package io.plimsoll.processor.conflict;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.util.List;
import java.util.Set;

/**
 * Two annotations that cannot both hold.
 *
 * @param others any of them, by name
 * @param inherited whether what an overridden method carries holds for a method as well; if not, each declaration has the
 *     last word on itself
 */
record Conflict(String promise, Set<String> others, boolean inherited, String why, String fix) {

    /** All that is known. A feature adds its pairs here. */
    static final List<Conflict> ALL = List.of(
            new Conflict(
                    Timeout.class.getName(),
                    Set.of(NoTimeout.class.getName()),
                    false,
                    "The budget holds, and the reason for having none is not true",
                    "delete one of the two"),
            new Conflict(
                    Idempotent.class.getName(),
                    Set.of(NotIdempotent.class.getName()),
                    true,
                    "Nobody can tell which of them holds",
                    "delete one of the two"),
            new Conflict(
                    Idempotent.class.getName(),
                    Set.of("org.springframework.cache.annotation.Cacheable", "javax.cache.annotation.CacheResult"),
                    true,
                    "An answer from the cache runs nothing and looks at no idempotency key: a new call would be lost",
                    "@Idempotent alone if the method writes, since it gives a repeated call its answer; the cache alone"
                            + " if it only reads"));
}
