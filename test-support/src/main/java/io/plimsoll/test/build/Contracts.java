package io.plimsoll.test.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contracts of events, as the processor writes them down and as a file holds them. */
final class Contracts {

    private static final String HEADER = """
            # What the events of this code base look like; a breaking change needs a new version. Written by: plimsoll-test contracts
            """;
    private static final Pattern EVENT = Pattern.compile("(\\S.*) (\\d{1,9})");
    private static final Pattern FIELD = Pattern.compile("  (\\S.*) (\\S+)");

    private Contracts() {}

    /** A version of an event. */
    record Event(String name, int version) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return Comparator.comparing(Event::name)
                    .thenComparingInt(Event::version)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return name + " version " + version;
        }
    }

    /** The fields of each event in the output of a build, with the type of each. */
    static Map<Event, Map<String, String>> ofBuild(List<Path> folders) throws IOException {
        Map<Event, Map<String, String>> all = new TreeMap<>();
        for (String fragment : Fragments.read("contracts", folders, List.of(".txt"))) {
            parse(fragment).forEach((event, fields) -> {
                Map<String, String> other = all.put(event, fields);
                if (other != null && !other.equals(fields)) {
                    throw new Plimsoll.Refusal(
                            event + " is recorded twice, with different fields. Build everything from"
                                    + " clean; if that does not help, two types of different modules have one name.");
                }
            });
        }
        return all;
    }

    static Map<Event, Map<String, String>> ofFile(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static void write(Path file, Map<Event, Map<String, String>> contracts) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        contracts.forEach((event, fields) -> {
            text.append(event.name()).append(' ').append(event.version()).append('\n');
            fields.forEach((field, type) ->
                    text.append("  ").append(field).append(' ').append(type).append('\n'));
        });
        Files.writeString(file, text);
    }

    private static Map<Event, Map<String, String>> parse(String text) {
        Map<Event, Map<String, String>> all = new TreeMap<>();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.lines().map(String::stripTrailing).toList()) {
            Matcher event = EVENT.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (field.matches() && !all.isEmpty()) {
                fields.put(field.group(1), field.group(2));
            } else if (event.matches() && !line.startsWith("#")) {
                fields = new LinkedHashMap<>();
                all.put(new Event(event.group(1), Integer.parseInt(event.group(2))), fields);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new Plimsoll.Refusal("\"" + line + "\" is no line of a contract, which are \"order.placed 1\" and"
                        + " below it \"  field type\". Undo what was done to the file by hand.");
            }
        }
        return all;
    }

    /** What a reader of the events as they were could not read now, in words; an event that is gone is none of it. */
    static List<String> breaks(Map<Event, Map<String, String>> before, Map<Event, Map<String, String>> now) {
        List<String> breaks = new ArrayList<>();
        before.forEach((event, fields) -> {
            Map<String, String> current = now.get(event);
            if (current != null) {
                breaks(event, fields, current).forEach(each -> breaks.add(each + fix(event, now)));
            }
        });
        return breaks;
    }

    private static List<String> breaks(Event event, Map<String, String> before, Map<String, String> now) {
        List<String> breaks = new ArrayList<>();
        before.forEach((field, type) -> {
            String current = now.get(field);
            if (current == null) {
                breaks.add(event + ": the field " + field + " is gone, and who reads it gets nothing.");
            } else if (!bare(type).equals(bare(current))) {
                breaks.add(event + ": the field " + field + " was of type " + bare(type) + " and is of type "
                        + bare(current) + ", which who reads it cannot read.");
            } else if (isOptional(type) && !isOptional(current)) {
                breaks.add(event + ": the field " + field + " was optional and is required, and events that are already"
                        + " written lack it.");
            }
        });
        now.forEach((field, type) -> {
            if (!before.containsKey(field) && !isOptional(type) && !isInsideOfNew(field, before, now)) {
                breaks.add(event + ": the field " + field + " is new and required, and events that are already written"
                        + " lack it.");
            }
        });
        return breaks;
    }

    /** A part of something new is there whenever that is. */
    private static boolean isInsideOfNew(String field, Map<String, String> before, Map<String, String> now) {
        return now.keySet().stream()
                .anyMatch(other -> !before.containsKey(other)
                        && field.length() > other.length()
                        && field.startsWith(other)
                        && ".[{".indexOf(field.charAt(other.length())) >= 0);
    }

    private static String fix(Event event, Map<Event, Map<String, String>> now) {
        int newest = now.keySet().stream()
                .filter(each -> each.name().equals(event.name()))
                .mapToInt(Event::version)
                .max()
                .orElse(event.version());
        return " Fix: leave version " + event.version() + " as it was, and make a new type with @EventType(name = \""
                + event.name() + "\", version = " + (newest + 1)
                + ") and an @Upcast from the old one; or make the field"
                + " @Nullable if it is new";
    }

    private static boolean isOptional(String type) {
        return type.endsWith("?");
    }

    private static String bare(String type) {
        return isOptional(type) ? type.substring(0, type.length() - 1) : type;
    }
}
