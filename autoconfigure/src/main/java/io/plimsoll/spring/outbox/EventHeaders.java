package io.plimsoll.spring.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What travels with an event, as it is stored. */
final class EventHeaders {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private EventHeaders() {}

    /** @return null for none: most events have none */
    static @Nullable String write(Map<String, String> headers) {
        return headers.isEmpty() ? null : JSON.writeValueAsString(headers);
    }

    static Map<String, String> read(@Nullable String headers) {
        return headers == null ? Map.of() : Map.copyOf(JSON.readValue(headers, MAP));
    }
}
