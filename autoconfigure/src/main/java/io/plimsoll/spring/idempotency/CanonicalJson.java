package io.plimsoll.spring.idempotency;

import java.math.BigDecimal;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NumericNode;

/**
 * Digests JSON by content: the order of members, white space, escapes and the spelling of numbers ({@code 1.0}, {@code
 * 1.00}) do not matter. Thread-safe.
 */
final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CanonicalJson() {}

    /**
     * Adds a document. What is no JSON, or ambiguous (a member twice), counts as the bytes that it is: nobody but
     * itself is equal to it.
     */
    static void add(StableDigest digest, byte[] document) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(document);
        } catch (JacksonException | NumberFormatException e) {
            digest.addBytes(document);
            return;
        }
        add(digest, tree);
    }

    static void add(StableDigest digest, JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            digest.header('o', members.size());
            members.forEach((name, value) -> {
                digest.add(name);
                add(digest, value);
            });
        } else if (node.isArray()) {
            digest.header('a', node.size());
            node.forEach(item -> add(digest, item));
        } else if (node.isNumber()) {
            digest.header('n', 0).add(number(node));
        } else if (node.isBoolean()) {
            digest.add(node.booleanValue());
        } else if (node.isString()) {
            digest.add(node.stringValue());
        } else {
            digest.header(node.isNull() ? 'z' : '?', 0).add(node.toString());
        }
    }

    /** One spelling for equal numbers. Never as plain digits: {@code 1e999999999} is a short text. */
    private static String number(JsonNode node) {
        if (node instanceof NumericNode number && number.isNaN()) {
            return node.toString();
        }
        BigDecimal value = node.decimalValue();
        try {
            value = value.stripTrailingZeros();
        } catch (ArithmeticException e) {
            // The exponent is at the end of its range: the number counts as it is spelled.
        }
        return value.unscaledValue() + "e" + -(long) value.scale();
    }
}
