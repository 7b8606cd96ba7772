package io.plimsoll.processor.report;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One entry point.
 *
 * @param method as {@code com.acme.Orders#place(java.lang.String)}
 * @param name as a person would say it
 * @param kind as {@code request handler}
 * @param cells what is promised; what is not promised is not in it
 */
public record Row(String method, String name, String kind, Map<Column, String> cells) {

    /** The first two lines of the table. */
    public static String header() {
        return "| entry point | kind |" + titles() + "\n|---|---|" + "---|".repeat(Column.values().length);
    }

    private static String titles() {
        return Arrays.stream(Column.values())
                .map(column -> " " + column.title() + " |")
                .collect(Collectors.joining());
    }

    /** A line of a table in Markdown. */
    public String markdown() {
        return "| " + name + " | " + kind + " |"
                + Arrays.stream(Column.values())
                        .map(column -> " "
                                + cells.getOrDefault(column, "-")
                                        .replace("|", "\\|")
                                        .replaceAll("\\s+", " ") + " |")
                        .collect(Collectors.joining());
    }

    /** One object of JSON, on one line; what is not promised is null. */
    public String json() {
        StringBuilder json = new StringBuilder("{\"method\":");
        json.append(quoted(method)).append(",\"kind\":").append(quoted(kind));
        for (Column column : Column.values()) {
            String text = cells.get(column);
            json.append(',').append(quoted(column.title())).append(':').append(text == null ? "null" : quoted(text));
        }
        return json.append('}').toString();
    }

    /** As RFC 8259, section 7. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
