package io.plimsoll.spring.outbox;

import java.util.Map;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What travels with an event, as it is stored. */
final class EventHeaders {

    private static final Log log = LogFactory.getLog(EventHeaders.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private EventHeaders() {}

    /**
     * As they are stored.
     *
     * @return null for none: most events have none
     * @throws IllegalArgumentException if one has no name or no value
     */
    static @Nullable String write(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (name == null || value == null) {
                throw new IllegalArgumentException(
                        "The header \"" + name + "\" of an event has no value. Leave it out.");
            }
        });
        return headers.isEmpty() ? null : JSON.writeValueAsString(headers);
    }

    /** Without those that somebody has made unreadable: that is no reason to keep an event from anybody. */
    static Map<String, String> read(@Nullable String headers) {
        if (headers == null) {
            return Map.of();
        }
        try {
            Map<String, String> all = JSON.readValue(headers, MAP);
            all.values().removeIf(Objects::isNull);
            return Map.copyOf(all);
        } catch (JacksonException e) {
            log.warn("The headers of an event cannot be read; it goes without");
            return Map.of();
        }
    }
}
