package io.plimsoll.spring.timeout;

import io.plimsoll.companion.DurationParser;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What of an application's other settings makes its budgets void. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class StartUpChecks implements SmartInitializingSingleton {

    private static final Log log = LogFactory.getLog(StartUpChecks.class);
    private static final String TRANSACTION_TIMEOUT = "spring.transaction.default-timeout";
    private static final String SHUTDOWN_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

    private final Environment environment;
    private final List<BudgetPolicy> policies = Collections.synchronizedList(new ArrayList<>());

    StartUpChecks(Environment environment) {
        this.environment = environment;
        requireWholeSeconds();
    }

    /** Told of each budget as it is resolved. */
    void resolved(BudgetPolicy policy) {
        policies.add(policy);
    }

    /** Spring's transaction timeouts are whole seconds, and Boot cuts the rest off: half a second becomes none. */
    private void requireWholeSeconds() {
        Duration timeout = duration(TRANSACTION_TIMEOUT, ChronoUnit.SECONDS, Duration.ZERO);
        if (!timeout.isNegative() && timeout.getSeconds() == 0 && !timeout.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    TRANSACTION_TIMEOUT,
                    DurationParser.format(timeout),
                    "Transaction timeouts are whole seconds: this one is cut to 0, and every transaction fails at its"
                            + " first statement. Set it to 1s or more, or delete it and give the entry points a @Timeout,"
                            + " which knows milliseconds and ends the statements of a transaction, too.");
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        if ("immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"))) {
            return;
        }
        Duration phase = duration(SHUTDOWN_PHASE, ChronoUnit.MILLIS, Duration.ofSeconds(30));
        List<String> longer = policies.stream()
                .filter(policy -> policy.nanos() > phase.toNanos())
                .map(BudgetPolicy::method)
                .sorted()
                .distinct()
                .toList();
        policies.clear();
        if (!longer.isEmpty()) {
            log.warn("A call under a budget that is longer than " + SHUTDOWN_PHASE + " (" + DurationParser.format(phase)
                    + ") may be broken off when the application stops, at each deployment. Raise the one or lower the"
                    + " other. Longer are: " + String.join(", ", longer));
        }
    }

    /** @param unit of a number without one */
    private Duration duration(String property, ChronoUnit unit, Duration otherwise) {
        String text = environment.getProperty(property);
        return text == null || text.isBlank() ? otherwise : DurationStyle.detectAndParse(text.trim(), unit);
    }
}
