package io.plimsoll.spring.idempotency;

import java.util.function.Predicate;

/** What a failure came from. */
final class Causes {

    /** Causes may form a ring. */
    private static final int DEEPEST = 100;

    private Causes() {}

    /** Whether it holds for a failure, or for anything that this came from. */
    static boolean any(Throwable failure, Predicate<Throwable> wanted) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (wanted.test(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
