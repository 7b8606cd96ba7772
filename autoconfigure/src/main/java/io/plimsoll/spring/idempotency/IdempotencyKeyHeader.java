package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.InvalidKeyException;
import io.plimsoll.idempotency.KeyMissingException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Idempotency-Key} header: the quoted form of draft-ietf-httpapi-idempotency-key-header, an RFC 8941
 * string, and the bare form that most clients send. Both forms of one text are one key.
 */
final class IdempotencyKeyHeader {

    static final String NAME = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;

    private IdempotencyKeyHeader() {}

    /**
     * @param values all values of the header
     * @throws KeyMissingException if there is none, or nothing in it
     * @throws InvalidKeyException if it cannot be read, or is too long
     */
    static String read(java.util.@Nullable Enumeration<String> values, String method) {
        List<String> all = values == null ? List.of() : Collections.list(values);
        if (all.size() > 1) {
            throw new InvalidKeyException(method, "came more than once");
        }
        String key = all.isEmpty() ? "" : unquoted(all.get(0).strip(), method);
        if (key.isBlank()) {
            throw new KeyMissingException(method, "the " + NAME + " header");
        }
        if (key.length() > MAX_LENGTH) {
            throw new InvalidKeyException(method, "is longer than " + MAX_LENGTH + " characters");
        }
        if (!key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new InvalidKeyException(method, "has characters other than printable ASCII");
        }
        return key;
    }

    private static String unquoted(String value, String method) {
        if (!value.startsWith("\"")) {
            return value;
        }
        StringBuilder key = new StringBuilder();
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return requireNoRest(key, value.substring(i + 1).strip(), method);
            }
            if (c == '\\') {
                c = escaped(value, ++i, method);
            }
            key.append(c);
        }
        throw new InvalidKeyException(method, "opens a quotation mark and does not close it");
    }

    private static char escaped(String value, int index, String method) {
        char c = index < value.length() ? value.charAt(index) : 0;
        if (c != '"' && c != '\\') {
            throw new InvalidKeyException(method, "has a backslash before something else than a quote or a backslash");
        }
        return c;
    }

    /** After the string only parameters may come; they are not part of the key. */
    private static String requireNoRest(StringBuilder key, String rest, String method) {
        if (!rest.isEmpty() && !rest.startsWith(";")) {
            throw new InvalidKeyException(method, "goes on behind its closing quotation mark");
        }
        return key.toString();
    }
}
