package io.plimsoll.spring.timeout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.timeout.*}.
 *
 * @param cancelGrace How long a cancelled statement may take to end before its connection is aborted.
 * @param commitTimeout How long a commit may take that began within its budget, before its connection is aborted and
 *     its outcome unknown.
 * @param problemDetail How much a client is told of a spent budget.
 * @param wire Budgets between services.
 */
@ConfigurationProperties("plimsoll.timeout")
record TimeoutProperties(
        @DefaultValue("500ms") Duration cancelGrace,
        @DefaultValue("10s") Duration commitTimeout,
        @DefaultValue("full") TimeoutProblem.Detail problemDetail,
        @DefaultValue WireProperties wire) {

    TimeoutProperties {
        requirePositive(
                "plimsoll.timeout.cancel-grace", cancelGrace, "A grace period must be positive, such as 500ms.");
        requirePositive(
                "plimsoll.timeout.commit-timeout",
                commitTimeout,
                "A commit needs some time: set it to how long the database may take at worst, such as 10s.");
    }

    private static void requirePositive(String name, Duration value, String reason) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidConfigurationPropertyValueException(name, value, reason);
        }
    }
}
