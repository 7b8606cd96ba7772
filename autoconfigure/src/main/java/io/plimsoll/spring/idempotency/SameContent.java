package io.plimsoll.spring.idempotency;

import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether two documents say the same, but for the order in which a set happens to give its elements. */
final class SameContent {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SameContent() {}

    static boolean of(byte[] document, byte[] other) {
        return same(MAPPER.readTree(document), MAPPER.readTree(other));
    }

    private static boolean same(JsonNode node, JsonNode other) {
        if (node.isArray() && other.isArray()) {
            return node.size() == other.size() && (sameInOrder(node, other) || sameInAnyOrder(node, other));
        }
        if (node.isObject() && other.isObject()) {
            return node.size() == other.size()
                    && node.properties().stream()
                            .allMatch(member ->
                                    other.has(member.getKey()) && same(member.getValue(), other.get(member.getKey())));
        }
        return node.equals(other);
    }

    private static boolean sameInOrder(JsonNode array, JsonNode other) {
        for (int i = 0; i < array.size(); i++) {
            if (!same(array.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameInAnyOrder(JsonNode array, JsonNode other) {
        return sorted(array).equals(sorted(other));
    }

    private static List<String> sorted(JsonNode array) {
        return array.valueStream().map(JsonNode::toString).sorted().toList();
    }
}
