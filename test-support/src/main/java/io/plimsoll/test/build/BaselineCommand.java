package io.plimsoll.test.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the findings of a whole build as its baseline; what was fixed since the last time is no longer in it. */
final class BaselineCommand {

    private static final String HEADER = """
            # Findings this code base lives with; new ones fail the build. Written by: plimsoll-test baseline
            """;
    private static final Pattern LINE = Pattern.compile("(\\w+ \\S+)(?: x(\\d{1,6}))?");

    private BaselineCommand() {}

    static String run(Path file, List<Path> folders) throws IOException {
        Map<String, Integer> now = count(Fragments.read("findings", folders, List.of(".declarations", ".bodies")));
        if (now.isEmpty()) {
            throw new Plimsoll.Refusal(
                    "No findings are recorded below " + folders + ", and " + file + " was left as it is."
                            + " Build everything from clean with -Aplimsoll.record=true first. If that reports 0 findings"
                            + " recorded, delete the file.");
        }
        Map<String, Integer> before = Files.exists(file) ? count(List.of(Files.readString(file))) : new TreeMap<>();
        StringBuilder text = new StringBuilder(HEADER);
        now.forEach((finding, count) ->
                text.append(finding).append(count == 1 ? "" : " x" + count).append('\n'));
        Files.writeString(file, text);
        return file + ": " + total(now) + " findings, " + beyond(now, before) + " of them new; " + beyond(before, now)
                + " are fixed and dropped";
    }

    private static Map<String, Integer> count(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            text.lines().forEach(line -> {
                Matcher entry = LINE.matcher(line.strip());
                if (entry.matches()) {
                    counts.merge(
                            entry.group(1),
                            entry.group(2) == null ? 1 : Integer.parseInt(entry.group(2)),
                            Integer::sum);
                }
            });
        }
        return counts;
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many findings are in the one and not in the other. */
    private static int beyond(Map<String, Integer> these, Map<String, Integer> those) {
        return these.entrySet().stream()
                .mapToInt(each -> Math.max(0, each.getValue() - those.getOrDefault(each.getKey(), 0)))
                .sum();
    }
}
