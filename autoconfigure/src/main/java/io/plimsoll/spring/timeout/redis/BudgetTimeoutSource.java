package io.plimsoll.spring.timeout.redis;

import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TimeoutOptions.TimeoutSource;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.plimsoll.spring.timeout.CallBudget;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long each command may take: what the application configured, or what is left of the budget if that is less. Lettuce
 * asks on the thread that writes the command.
 *
 * <p>The cut itself is the watchdog's, through {@link CallBudget#watch}: it comes to the millisecond and says whose budget
 * it was, while Lettuce's timer ticks every 100 ms. The timeout here is for commands that nobody waits for.
 */
final class BudgetTimeoutSource extends TimeoutSource {

    /**
     * So that the watchdog comes first; and so that a rest of less than a millisecond does not become 0, which would mean
     * no timeout at all.
     */
    private static final long AFTER_THE_BUDGET = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * What leaves a connection as the next user expects it; a spent budget must not prevent it. EXEC as well: refused, it
     * would leave a pooled connection inside of MULTI, and nobody would know.
     */
    private static final Set<ProtocolKeyword> HOUSEKEEPING = Set.of(
            CommandType.AUTH,
            CommandType.CLIENT,
            CommandType.CLUSTER,
            CommandType.DISCARD,
            CommandType.EXEC,
            CommandType.HELLO,
            CommandType.PUNSUBSCRIBE,
            CommandType.QUIT,
            CommandType.READONLY,
            CommandType.READWRITE,
            CommandType.SELECT,
            CommandType.UNSUBSCRIBE,
            CommandType.UNWATCH);

    private final TimeoutOptions configured;
    private final Duration commandTimeout;

    /**
     * @param configured what the application says about timeouts
     * @param commandTimeout the timeout of its connections
     */
    BudgetTimeoutSource(TimeoutOptions configured, Duration commandTimeout) {
        this.configured = configured;
        this.commandTimeout = commandTimeout;
    }

    @Override
    public TimeUnit getTimeUnit() {
        return TimeUnit.NANOSECONDS;
    }

    @Override
    public long getTimeout(RedisCommand<?, ?, ?> command) {
        CallBudget budget = CallBudget.current();
        long own = ownTimeout(command);
        if (budget == null || HOUSEKEEPING.contains(command.getType())) {
            return own;
        }
        budget.check();
        long left = budget.remainingNanos();
        if (left <= 0) {
            // Past its deadline and not refused: a transaction is committing, which nothing cuts.
            return own;
        }
        budget.watch(new RedisCall(command), command::isDone);
        long rest = left + AFTER_THE_BUDGET;
        return own > 0 ? Math.min(own, rest) : rest;
    }

    /** Zero or less for none. */
    private long ownTimeout(RedisCommand<?, ?, ?> command) {
        if (!configured.isTimeoutCommands()) {
            return 0;
        }
        if (configured.isApplyConnectionTimeout()) {
            return commandTimeout.toNanos();
        }
        TimeoutSource source = configured.getSource();
        return source.getTimeUnit().toNanos(source.getTimeout(command));
    }
}
