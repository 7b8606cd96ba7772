package io.plimsoll.spring.outbox;

import java.util.Collections;
import java.util.List;

/**
 * Which topics a sink has.
 *
 * @param except whether it has all but those
 */
record TopicFilter(List<String> topics, boolean except) {

    static final TopicFilter ALL = new TopicFilter(List.of(), true);

    boolean matches(String topic) {
        return topics.contains(topic) != except;
    }

    /** A condition, with {@link #topics()} as its parameters. */
    String sql() {
        if (topics.isEmpty()) {
            return except ? "1 = 1" : "1 = 0";
        }
        return "topic" + (except ? " NOT" : "") + " IN (" + String.join(", ", Collections.nCopies(topics.size(), "?"))
                + ")";
    }
}
