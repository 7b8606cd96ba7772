package io.plimsoll.processor.key;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between the signs of {@code #a + ':' + #b}.
 *
 * @param parts all that is not a literal, as it is written
 * @param freeTexts how many of them are texts that may hold anything, a separator included
 */
record Sum(List<String> parts, int freeTexts) {

    static Sum of(String source, boolean text, boolean literal) {
        return literal ? new Sum(List.of(), 0) : new Sum(List.of(source), text ? 1 : 0);
    }

    Sum plus(Sum other) {
        List<String> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Sum(all, freeTexts + other.freeTexts);
    }

    /** Whether two different tuples of parts may come out as one text. */
    boolean isAmbiguous() {
        return freeTexts > 1;
    }

    /** The key of the same parts that cannot be mistaken for another. */
    String asList() {
        return "{" + String.join(", ", parts) + "}";
    }
}
