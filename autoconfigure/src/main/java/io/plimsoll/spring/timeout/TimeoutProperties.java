package io.plimsoll.spring.timeout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.timeout.*}.
 *
 * @param cancelGrace How long a cancelled statement may take to end before its connection is aborted.
 */
@ConfigurationProperties("plimsoll.timeout")
record TimeoutProperties(@DefaultValue("500ms") Duration cancelGrace) {

    TimeoutProperties {
        if (cancelGrace.isNegative() || cancelGrace.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.timeout.cancel-grace", cancelGrace, "A grace period must be positive, such as 500ms.");
        }
    }
}
