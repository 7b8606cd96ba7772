package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetTableTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Watchdog watchdog = new Watchdog(Duration.ofMinutes(1), Duration.ofMinutes(1), cut -> {});
    private final BudgetTable table = new BudgetTable();

    @AfterEach
    void stop() {
        watchdog.close();
    }

    /** A watchdog that found it due before a commit and was held up must not take it, afterwards, for that. */
    @Test
    void whatIsArmedAgainIsInAnotherCell() {
        Budget budget = budget(MINUTE);
        table.add(budget);
        int first = budget.cell;
        assertThat(table.remove(budget)).isTrue();

        table.add(budget);

        assertThat(budget.cell).isNotEqualTo(first);
        assertThat(table.remove(budget)).isTrue();
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void whatIsDueIsTakenOnceAndTheNextOneIsTold() {
        long now = System.nanoTime();
        List<Budget> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Budget budget = budget(i % 2 == 0 ? -1 : MINUTE + i);
            all.add(budget);
            table.add(budget);
        }
        List<Budget> due = new ArrayList<>();

        long next = table.takeDue(now + MINUTE / 2, now + 2 * MINUTE, due::add);

        assertThat(due).hasSize(10).doesNotHaveDuplicates();
        assertThat(next).isEqualTo(all.get(1).strikeAt);
        due.forEach(budget -> assertThat(table.remove(budget)).isFalse());
        all.removeAll(due);
        all.forEach(budget -> assertThat(table.remove(budget)).isTrue());
        assertThat(table.isEmpty()).isTrue();
    }

    /** @param left nanoseconds */
    private Budget budget(long left) {
        long now = System.nanoTime();
        return new Budget(new BudgetPolicy("Test", MINUTE, true), watchdog, now, now + left, null);
    }
}
