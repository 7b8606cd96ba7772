package io.plimsoll.processor.duration;

import org.jspecify.annotations.Nullable;

/**
 * A text with Spring placeholders, as far as it can be resolved without an environment: by defaults alone.
 *
 * @param text with every placeholder replaced by its default; null if one has none
 * @param unterminated whether a placeholder is never closed
 */
record Placeholders(@Nullable String text, boolean unterminated) {

    static Placeholders resolve(String text) {
        int start = text.indexOf("${");
        if (start < 0) {
            return new Placeholders(text, false);
        }
        int end = end(text, start + 2);
        if (end < 0) {
            return new Placeholders(null, true);
        }
        Placeholders inner = fallback(text.substring(start + 2, end));
        Placeholders rest = resolve(text.substring(end + 1));
        boolean unterminated = inner.unterminated || rest.unterminated;
        return inner.text == null || rest.text == null
                ? new Placeholders(null, unterminated)
                : new Placeholders(text.substring(0, start) + inner.text + rest.text, unterminated);
    }

    /** The default may hold placeholders of its own, and so may the name: its colon is none of ours. */
    private static Placeholders fallback(String content) {
        int depth = 0;
        for (int i = 0; i < content.length(); i++) {
            if (content.startsWith("${", i)) {
                depth++;
            } else if (content.charAt(i) == '}') {
                depth--;
            } else if (content.charAt(i) == ':' && depth == 0) {
                return resolve(content.substring(i + 1));
            }
        }
        return new Placeholders(null, resolve(content).unterminated);
    }

    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
