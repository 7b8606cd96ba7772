package io.plimsoll.processor.key;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;

/**
 * A part of an expression.
 *
 * @param start the position of its first character
 * @param end the position behind its last one
 */
record Span(int start, int end) {

    static Span of(SpelNode node) {
        return new Span(node.getStartPosition(), node.getEndPosition());
    }

    /** The expression in one line and carets under this part of it; null if the part is all there is. */
    @Nullable
    String under(String text) {
        String line = text.replaceAll("\\s", " "); // Of a text block there may be several.
        return (text.substring(0, start) + text.substring(end)).isBlank()
                ? null
                : "    " + line + "\n    " + " ".repeat(start) + "^".repeat(Math.max(1, end - start));
    }
}
