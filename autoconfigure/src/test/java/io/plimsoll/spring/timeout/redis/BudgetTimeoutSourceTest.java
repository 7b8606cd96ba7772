package io.plimsoll.spring.timeout.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.plimsoll.spring.timeout.CallBudget;
import io.plimsoll.spring.timeout.Timed;
import io.plimsoll.timeout.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTimeoutSourceTest {

    private static final Duration LEAST = Duration.ofMillis(10);

    private final Timed timed = new Timed(Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        timed.close();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Zero would be no timeout at all, and the watchdog is to come first. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void itIsAlwaysMoreThanWhatIsLeft(int configured) throws Exception {
        BudgetTimeoutSource source = source(Duration.ofSeconds(configured));

        long more = timed.callUninterrupted(Duration.ofSeconds(30), () -> {
            long timeout = source.getTimeout(command(CommandType.GET));
            return timeout - CallBudget.current().remainingNanos();
        });

        assertThat(Duration.ofNanos(more)).isBetween(LEAST, Duration.ofSeconds(30));
    }

    @Test
    void theApplicationsOwnRulesWhereItIsShorter() throws Exception {
        long timeout = timed.call(
                Duration.ofMinutes(1), () -> source(Duration.ofSeconds(2)).getTimeout(command(CommandType.GET)));

        assertThat(Duration.ofNanos(timeout)).isEqualTo(Duration.ofSeconds(2));
    }

    /** Refused, it would leave a pooled connection as the next user does not expect it. */
    @ParameterizedTest
    @EnumSource(
            value = CommandType.class,
            names = {"DISCARD", "EXEC", "UNWATCH", "UNSUBSCRIBE", "SELECT", "READONLY", "QUIT"})
    void whatLeavesAConnectionCleanIsSentAfterTheDeadlineToo(CommandType type) {
        Duration budget = Duration.ofMillis(20);
        AtomicLong timeout = new AtomicLong();

        assertThatThrownBy(() -> timed.callUninterrupted(budget, () -> {
                    Timed.burn(budget.multipliedBy(2));
                    timeout.set(source(Duration.ofSeconds(2)).getTimeout(command(type)));
                    CallBudget.current().check();
                    return null;
                }))
                .isInstanceOf(TimeoutExceededException.class);

        assertThat(Duration.ofNanos(timeout.get())).isEqualTo(Duration.ofSeconds(2));
    }

    private static BudgetTimeoutSource source(Duration configured) {
        return new BudgetTimeoutSource(TimeoutOptions.enabled(configured), configured);
    }

    private static Command<String, String, String> command(CommandType type) {
        return new Command<>(type, new StatusOutput<>(StringCodec.UTF8));
    }
}
