package io.plimsoll.spring.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the outbox.
 *
 * @param maxEventSize How long the JSON of an event may be.
 * @param lease How long an instance that is silent keeps its share. Longer than a sink takes to answer.
 * @param batchSize How many events of a bucket are delivered at once.
 * @param batchBytes How much of their JSON, which is held in memory meanwhile: of each bucket, and one event at least.
 * @param pollInterval How long at most it takes until an event is seen that nobody has told of.
 */
@ConfigurationProperties("plimsoll.outbox")
record OutboxProperties(
        @DefaultValue("1MB") DataSize maxEventSize,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("500") int batchSize,
        @DefaultValue("2MB") DataSize batchBytes,
        @DefaultValue("250ms") Duration pollInterval) {

    OutboxProperties {
        require(maxEventSize.toBytes() > 0, "max-event-size", maxEventSize);
        require(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease", lease);
        require(batchSize > 0, "batch-size", batchSize);
        require(batchBytes.toBytes() > 0, "batch-bytes", batchBytes);
        require(pollInterval.toMillis() > 0, "poll-interval", pollInterval);
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox." + name,
                    value,
                    name.equals("lease") ? "It must be at least one second." : "It must be positive.");
        }
    }
}
