package io.plimsoll.spring.outbox.kafka;

import io.plimsoll.spring.outbox.waves.Waves;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How the sink's own producer is set up: as the application's, but for what keeps the order and loses nothing. */
final class ProducerSettings {

    /** What nobody else can set. */
    static final Set<String> FIXED = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private ProducerSettings() {}

    /** Of the time of a batch a third is for handing over, a twelfth for waiting for a topic, a half for its delivery. */
    static Waves.Times times(Duration timeout) {
        return new Waves.Times(timeout.dividedBy(3), timeout);
    }

    /** @param application what its own producers are set up with */
    static Map<String, Object> of(Map<String, Object> application, KafkaSinkProperties properties) {
        Map<String, Object> settings = new HashMap<>(application);
        // A hot key goes at one event a round trip: waiting for company would only add to that.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // With more, a partition that has just been made, and whose leader is not there yet, takes the second request
        // before the
        // first: as it has no record of the producer, it takes any number. The first is then out of order until it is
        // given up.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.putAll(properties.properties());
        FIXED.forEach(settings::remove);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        Duration delivery = properties.timeout().dividedBy(2);
        Duration request = delivery.dividedBy(2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery.toMillis()));
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Math.min(request.toMillis(), LONGEST_REQUEST.toMillis())));
        settings.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                properties.timeout().dividedBy(12).toMillis());
        return settings;
    }
}
