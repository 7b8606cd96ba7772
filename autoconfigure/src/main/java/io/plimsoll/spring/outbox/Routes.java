package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which topic goes where. Decided at start-up. Immutable. */
final class Routes {

    private final Map<OutboxSink, TopicFilter> filters = new LinkedHashMap<>();

    /**
     * @param listened topics that have a listener in this process, and the sink that tells them
     * @throws BrokenPromiseException if a topic goes to a sink that is not there, or nothing says which of several is the default
     */
    Routes(List<OutboxSink> sinks, OutboxProperties properties, Map<String, OutboxSink> listened) {
        Map<String, OutboxSink> byName = byName(sinks);
        Map<String, OutboxSink> byTopic = new TreeMap<>(listened);
        properties.topics().forEach((topic, own) -> {
            if (own.sink() != null) {
                byTopic.put(topic, named(byName, own.sink(), "plimsoll.outbox.topics." + topic + ".sink"));
            }
        });
        OutboxSink rest = rest(byName, properties, Set.copyOf(listened.values()));
        for (OutboxSink sink : byName.values()) {
            List<String> own = new ArrayList<>();
            List<String> others = new ArrayList<>();
            byTopic.forEach((topic, to) -> (to == sink ? own : others).add(topic));
            filters.put(
                    sink,
                    sink == rest
                            ? new TopicFilter(List.copyOf(others), true)
                            : new TopicFilter(List.copyOf(own), false));
        }
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
            Map<String, OutboxSink> byName, OutboxProperties properties, Set<OutboxSink> listeners) {
        if (properties.defaultSink() != null) {
            return named(byName, properties.defaultSink(), "plimsoll.outbox.default-sink");
        }
        List<OutboxSink> candidates = byName.values().stream()
                .filter(sink -> !listeners.contains(sink))
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    /** Each sink, and what goes there. */
    Map<OutboxSink, TopicFilter> filters() {
        return filters;
    }

    /** @throws IllegalArgumentException if nobody would deliver it */
    void require(String topic) {
        if (filters.values().stream().noneMatch(filter -> filter.matches(topic))) {
            throw new IllegalArgumentException("Nobody delivers the topic \"" + topic
                    + "\": it has no listener in this application, and several sinks are there, "
                    + filters.keySet().stream().map(OutboxSink::name).toList()
                    + ". Set plimsoll.outbox.topics." + topic + ".sink, or plimsoll.outbox.default-sink.");
        }
    }
}
