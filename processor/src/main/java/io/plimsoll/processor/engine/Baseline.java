package io.plimsoll.processor.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The findings that a code base lives with, as it was when the file was written: {@code MissingTimeout
 * com.acme.Orders#place(java.lang.String)} a line, with {@code x2} behind it where a rule found two things in one
 * element. Keyed by element and rule and not by line number, so that it holds while the code around moves. Only read
 * here; a command of plimsoll-test writes it. Not thread-safe.
 */
final class Baseline {

    static final Baseline EMPTY = new Baseline(Map.of());

    private static final Pattern LINE = Pattern.compile("(\\w+) (\\S+)(?: x(\\d{1,6}))?");

    /** How many findings of an element and rule are still to be expected. */
    private final Map<String, Integer> left;

    private Baseline(Map<String, Integer> left) {
        this.left = new HashMap<>(left);
    }

    /** @param problems takes what is wrong with the file, in words for the user */
    static Baseline read(String file, List<String> problems) {
        List<String> lines;
        Path path = null;
        try {
            path = Path.of(file).toAbsolutePath();
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            problems.add("[Plimsoll] The baseline " + (path == null ? file : path) + " cannot be read: " + e
                    + ". Without it every finding counts as new. Fix: name the file from the directory in which the"
                    + " build runs, or write it with the command \"baseline\" of plimsoll-test");
            return EMPTY;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            // Some editors begin a file with a mark of its encoding.
            String line = (i == 0 ? lines.get(i).replaceFirst("^\uFEFF", "") : lines.get(i)).strip();
            Matcher entry = LINE.matcher(line);
            if (entry.matches()) {
                int count = entry.group(3) == null ? 1 : Integer.parseInt(entry.group(3));
                counts.merge(key(entry.group(1), entry.group(2)), count, Integer::sum);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                problems.add("[Plimsoll] Line " + (i + 1) + " of the baseline " + file + " is not understood: \"" + line
                        + "\". Fix: write the file anew with the command \"baseline\" of plimsoll-test");
            }
        }
        return new Baseline(counts);
    }

    /** Whether a finding was there before; each entry answers for as many findings as it says. */
    boolean covers(Rule rule, String element) {
        Integer count = left.computeIfPresent(key(rule.name(), element), (each, before) -> before - 1);
        return count != null && count >= 0;
    }

    private static String key(String rule, String element) {
        return rule + " " + element;
    }
}
