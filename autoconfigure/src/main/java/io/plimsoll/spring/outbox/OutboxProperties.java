package io.plimsoll.spring.outbox;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
 * @param defaultSink Where topics go that have no sink of their own. The only sink that there is, if it is not set.
 * @param onFailure What becomes of an event that was tried too often.
 * @param attempts How often an event is tried before that.
 * @param patience How long an event may wait before health says so.
 * @param topics What is different for a topic, by its name.
 */
@ConfigurationProperties("plimsoll.outbox")
record OutboxProperties(
        @DefaultValue("1MB") DataSize maxEventSize,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("500") int batchSize,
        @DefaultValue("2MB") DataSize batchBytes,
        @DefaultValue("250ms") Duration pollInterval,
        @Nullable String defaultSink,
        @DefaultValue("block-key") FailurePolicy onFailure,
        @DefaultValue("10") int attempts,
        @DefaultValue("5m") Duration patience,
        @DefaultValue Map<String, Topic> topics) {

    /**
     * What is different for a topic.
     *
     * @param sink Where it goes.
     * @param onFailure What becomes of an event of it that was tried too often.
     * @param attempts How often an event of it is tried before that.
     */
    record Topic(
            @Nullable String sink,
            @Nullable FailurePolicy onFailure,
            @Nullable Integer attempts) {}

    OutboxProperties {
        require(maxEventSize.toBytes() > 0, "max-event-size", maxEventSize);
        require(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease", lease);
        require(batchSize > 0, "batch-size", batchSize);
        require(batchBytes.toBytes() > 0, "batch-bytes", batchBytes);
        require(pollInterval.toMillis() > 0, "poll-interval", pollInterval);
        require(attempts > 0, "attempts", attempts);
        require(!patience.isNegative() && !patience.isZero(), "patience", patience);
        topics = Map.copyOf(topics);
        topics.forEach((name, topic) -> {
            if (topic.sink() == null && topic.onFailure() == null && topic.attempts() == null) {
                throw new InvalidConfigurationPropertyValueException(
                        "plimsoll.outbox.topics." + name,
                        topic,
                        "It says nothing that is known: sink, on-failure or attempts. A topic with dots in its name is written"
                                + " topics[order.placed].");
            }
            if (topic.attempts() != null) {
                require(topic.attempts() > 0, "topics." + name + ".attempts", topic.attempts());
            }
        });
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox." + name,
                    value,
                    name.equals("lease") ? "It must be at least one second." : "It must be positive.");
        }
    }

    /** Whether they name a sink: somebody means to deliver. */
    boolean names() {
        return defaultSink != null || !topics.isEmpty();
    }

    FailurePolicy onFailure(String topic) {
        Topic own = topics.get(topic);
        return own == null || own.onFailure() == null ? onFailure : own.onFailure();
    }

    int attempts(String topic) {
        Topic own = topics.get(topic);
        return own == null || own.attempts() == null ? attempts : own.attempts();
    }
}
