package io.plimsoll.processor;

import java.util.ArrayList;
import java.util.List;

/**
 * A source in which {@code ^} stands before each place that a rule is to point at.
 *
 * @param source without the marks
 * @param places of the marks, as {@code 9:12}
 */
public record Marked(String source, List<String> places) {

    public static Marked of(String text) {
        StringBuilder source = new StringBuilder();
        List<String> places = new ArrayList<>();
        int line = 1;
        int column = 1;
        for (char next : text.toCharArray()) {
            if (next == '^') {
                places.add(line + ":" + column);
                continue;
            }
            source.append(next);
            column = next == '\n' ? 1 : column + 1;
            line += next == '\n' ? 1 : 0;
        }
        return new Marked(source.toString(), places);
    }

    /** What {@link Javac.Result#findings()} gives if a rule points at all marks: {@code error MissingTimeout 9:12}. */
    public List<String> findings(String severityAndRule) {
        return places.stream().map(place -> severityAndRule + " " + place).toList();
    }
}
