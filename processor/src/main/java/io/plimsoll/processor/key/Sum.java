package io.plimsoll.processor.key;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands between the signs of {@code #a + ':' + #b}.
 *
 * <p>Two different tuples of parts may come out as one text if two parts may hold anything, a separator included; or if
 * a number has digits or such a text next to it with nothing between but digits. A number behind or before anything else
 * is found again: it ends where there is no digit. All other values, such as a UUID or a date, know where they end.
 *
 * @param added whether several numbers among the parts have been added up: what comes out says of none what it was
 */
record Sum(List<Part> parts, boolean added) {

    private enum Kind {
        LITERAL,
        TEXT,
        NUMBER,
        OTHER
    }

    /** @param source as it is written; of a literal its value */
    private record Part(Kind kind, String source) {}

    static Sum literal(String value) {
        return new Sum(List.of(new Part(Kind.LITERAL, value)), false);
    }

    /** A text that may hold anything. */
    static Sum text(String source) {
        return new Sum(List.of(new Part(Kind.TEXT, source)), false);
    }

    /** An integral number. */
    static Sum number(String source) {
        return new Sum(List.of(new Part(Kind.NUMBER, source)), false);
    }

    static Sum other(String source) {
        return new Sum(List.of(new Part(Kind.OTHER, source)), false);
    }

    /** One text of two. */
    Sum followedBy(Sum next) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(next.parts);
        return new Sum(all, added || next.added);
    }

    /** One number of two. */
    Sum plus(Sum other) {
        List<Part> all = Stream.concat(variable(), other.variable()).toList();
        return new Sum(all, all.size() > 1);
    }

    private Stream<Part> variable() {
        return parts.stream().filter(part -> part.kind != Kind.LITERAL);
    }

    /** Whether two different tuples of parts may come out as one. */
    boolean isAmbiguous() {
        return added || hasTexts() || isGlued();
    }

    /** Whether two parts may hold anything. */
    boolean hasTexts() {
        return parts.stream().filter(part -> part.kind == Kind.TEXT).count() > 1;
    }

    /** Whether no part may hold anything: those that cannot be told apart are numbers. */
    boolean hasNoText() {
        return parts.stream().noneMatch(part -> part.kind == Kind.TEXT);
    }

    private boolean isGlued() {
        boolean apart = true;
        for (Part part : parts) {
            if (part.kind == Kind.LITERAL) {
                apart |= !part.source.chars().allMatch(Character::isDigit);
            } else if (part.kind == Kind.OTHER) {
                apart = true;
            } else if (apart) {
                apart = false;
            } else {
                return true;
            }
        }
        return false;
    }

    /** The key of the same parts that cannot be mistaken for another. */
    String asList() {
        return "{" + String.join(", ", variable().map(Part::source).toList()) + "}";
    }
}
