package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Which topic goes where. Decided when the application stands, as listeners are beans. Thread-safe. */
final class Routes {

    private final Supplier<Map<OutboxSink, TopicFilter>> filters;

    /** @param listeners tells the listeners of this process; null if there are none */
    Routes(OutboxProperties properties, Supplier<List<OutboxSink>> sinks, Supplier<@Nullable ListenerSink> listeners) {
        this.filters = SingletonSupplier.of(() -> filters(properties, sinks.get(), listeners.get()));
    }

    private static Map<OutboxSink, TopicFilter> filters(
            OutboxProperties properties, List<OutboxSink> others, @Nullable ListenerSink listeners) {
        List<OutboxSink> sinks = new ArrayList<>(others);
        Map<String, OutboxSink> byTopic = new TreeMap<>();
        if (listeners != null) {
            sinks.add(listeners);
            listeners.topics().forEach(topic -> byTopic.put(topic, listeners));
        }
        Map<String, OutboxSink> byName = byName(sinks);
        properties.topics().forEach((topic, own) -> {
            if (own.sink() != null) {
                OutboxSink sink = named(byName, own.sink(), setting(topic));
                OutboxSink listening = byTopic.put(topic, sink);
                if (listening != null && listening != sink) {
                    throw new BrokenPromiseException(
                            setting(topic) + " is \"" + own.sink()
                                    + "\", and an @OutboxListener of this application listens to"
                                    + " that topic: it would never be told.",
                            "Let it listen to what the sink delivers (a @KafkaListener, say), remove it, or publish to another"
                                    + " topic.");
                }
            }
        });
        OutboxSink rest = rest(byName, properties, listeners);
        Map<OutboxSink, TopicFilter> filters = new LinkedHashMap<>();
        for (OutboxSink sink : byName.values()) {
            filters.put(
                    sink,
                    sink == rest
                            ? new TopicFilter(topics(byTopic, to -> to != sink), true)
                            : new TopicFilter(topics(byTopic, to -> to == sink), false));
        }
        return filters;
    }

    /** As it is written, also for a topic with dots in its name. */
    private static String setting(String topic) {
        return "plimsoll.outbox.topics[" + topic + "].sink";
    }

    private static List<String> topics(Map<String, OutboxSink> byTopic, Predicate<OutboxSink> which) {
        return byTopic.entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, OutboxSink> byName(List<OutboxSink> sinks) {
        Map<String, OutboxSink> byName = new TreeMap<>();
        for (OutboxSink sink : sinks) {
            OutboxSink other = byName.put(sink.name(), sink);
            if (other != null) {
                throw new BrokenPromiseException(
                        "Two sinks of the outbox are called \"" + sink.name() + "\": "
                                + other.getClass().getName() + " and "
                                + sink.getClass().getName() + ". A topic could go to either.",
                        "Let OutboxSink.name() of one of them return something else.");
            }
        }
        return byName;
    }

    private static OutboxSink named(Map<String, OutboxSink> byName, String name, String setting) {
        OutboxSink sink = byName.get(name);
        if (sink == null) {
            throw new BrokenPromiseException(
                    setting + " is \"" + name + "\", and there is no such sink: there are " + byName.keySet()
                            + ". Its events would be kept and never delivered.",
                    "Name one of those, or add what makes the sink: its client on the class path, or a bean of type OutboxSink.");
        }
        return sink;
    }

    private static @Nullable OutboxSink rest(
            Map<String, OutboxSink> byName, OutboxProperties properties, @Nullable ListenerSink listeners) {
        if (properties.defaultSink() != null) {
            return named(byName, properties.defaultSink(), "plimsoll.outbox.default-sink");
        }
        List<OutboxSink> candidates =
                byName.values().stream().filter(sink -> sink != listeners).toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    /**
     * Each sink, and what goes there. None if nobody delivers anything.
     *
     * @throws BrokenPromiseException if a topic goes to a sink that is not there
     */
    Map<OutboxSink, TopicFilter> filters() {
        return filters.get();
    }

    /** @throws IllegalArgumentException if nobody would deliver it */
    void require(String topic) {
        if (filters().values().stream().noneMatch(filter -> filter.matches(topic))) {
            List<String> names =
                    filters().keySet().stream().map(OutboxSink::name).toList();
            throw new IllegalArgumentException("Nobody delivers the topic \"" + topic
                    + "\": it has no @OutboxListener in this application, and "
                    + (names.isEmpty()
                            ? "there is no other sink. Add a listener, the client of a broker or a bean of type OutboxSink."
                            : "nothing says which of the sinks " + names + " it goes to. Set " + setting(topic)
                                    + ", or plimsoll.outbox.default-sink."));
        }
    }

    /** For people: {@code listener takes [orders], kafka takes all but [orders]}. */
    @Override
    public String toString() {
        return filters().entrySet().stream()
                .map(each -> each.getKey().name() + " takes "
                        + (each.getValue().except() ? "all but " : "")
                        + each.getValue().topics())
                .collect(Collectors.joining(", "));
    }
}
