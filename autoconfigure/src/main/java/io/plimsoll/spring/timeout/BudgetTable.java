package io.plimsoll.spring.timeout;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The budgets that are armed, in cells that a thread takes and gives back with one compare-and-set each.
 *
 * <p>A cell is found by hashing the thread, so a platform thread meets its own warm cell again and again, and virtual
 * threads by the hundred thousand spread over cells that are added as they are needed; nothing is kept per thread, so
 * there is nothing to clean up when a thread ends. Taking a budget out of its cell decides who may act on it: the owner
 * that ends in time, or the watchdog.
 */
final class BudgetTable {

    private static final int FIRST_SEGMENT = 1 << 10;
    private static final int PROBES = 8;

    /** For a budget that was never in the table. */
    static final AtomicReferenceArray<Budget> NOWHERE = new AtomicReferenceArray<>(1);

    /** Largest last; grows, never shrinks. */
    private volatile AtomicReferenceArray<Budget>[] segments;

    BudgetTable() {
        segments = arrayOfOne(new AtomicReferenceArray<>(FIRST_SEGMENT));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicReferenceArray<Budget>[] arrayOfOne(AtomicReferenceArray<Budget> segment) {
        return new AtomicReferenceArray[] {segment};
    }

    void add(Budget budget) {
        int hash = spread(budget.owner()) + budget.armings++;
        AtomicReferenceArray<Budget>[] current = segments;
        while (!addTo(current, budget, hash)) {
            current = grow(current);
        }
    }

    private static boolean addTo(AtomicReferenceArray<Budget>[] segments, Budget budget, int hash) {
        for (int s = segments.length - 1; s >= 0; s--) {
            AtomicReferenceArray<Budget> segment = segments[s];
            int mask = segment.length() - 1;
            for (int probe = 0; probe < PROBES; probe++) {
                int cell = (hash + probe) & mask;
                if (segment.getPlain(cell) == null && segment.compareAndSet(cell, null, budget)) {
                    budget.segment = segment;
                    budget.cell = cell;
                    return true;
                }
            }
        }
        return false;
    }

    /** Called by the owner. Returns whether the budget was still in its cell. */
    boolean remove(Budget budget) {
        return budget.segment.compareAndSet(budget.cell, budget, null);
    }

    /**
     * Takes out every budget that is due and hands it over. Called by the watchdog.
     *
     * @return when the next one is due, or {@code horizon} if none is before that
     */
    long takeDue(long now, long horizon, Consumer<Budget> due) {
        long next = horizon;
        for (AtomicReferenceArray<Budget> segment : segments) {
            for (int cell = 0; cell < segment.length(); cell++) {
                Budget budget = segment.get(cell);
                if (budget == null) {
                    continue;
                }
                if (budget.strikeAt - now > 0) {
                    next = budget.strikeAt - next < 0 ? budget.strikeAt : next;
                } else if (segment.compareAndSet(cell, budget, null)) {
                    due.accept(budget);
                }
            }
        }
        return next;
    }

    boolean isEmpty() {
        for (AtomicReferenceArray<Budget> segment : segments) {
            for (int cell = 0; cell < segment.length(); cell++) {
                if (segment.get(cell) != null) {
                    return false;
                }
            }
        }
        return true;
    }

    private synchronized AtomicReferenceArray<Budget>[] grow(AtomicReferenceArray<Budget>[] seen) {
        AtomicReferenceArray<Budget>[] current = segments;
        if (current == seen) {
            AtomicReferenceArray<Budget>[] grown = Arrays.copyOf(current, current.length + 1);
            grown[current.length] = new AtomicReferenceArray<>(current[current.length - 1].length() * 2);
            segments = grown;
            current = grown;
        }
        return current;
    }

    /** Fibonacci hashing (Knuth, TAOCP 6.4): neighbours in the order of creation land on different cache lines. */
    private static int spread(Thread thread) {
        return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 40);
    }
}
