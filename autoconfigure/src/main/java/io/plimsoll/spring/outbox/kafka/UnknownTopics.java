package io.plimsoll.spring.outbox.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Topics that the broker did not have a moment ago: to ask again blocks a thread for each event. Thread-safe. */
final class UnknownTopics {

    private static final long MOMENT = Duration.ofSeconds(5).toNanos();

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    void add(String topic) {
        until.put(topic, System.nanoTime() + MOMENT);
    }

    boolean contains(String topic) {
        Long end = until.get(topic);
        if (end == null) {
            return false;
        }
        if (System.nanoTime() - end < 0) {
            return true;
        }
        until.remove(topic, end);
        return false;
    }
}
