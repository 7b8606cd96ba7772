package io.plimsoll.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a rule. Its examples are sources to compile. In a bad one a comment points at each finding, in the line
 * above it:
 *
 * <pre>
 *         place();
 * //      ^ SelfInvocation
 * </pre>
 *
 * {@code //< SelfInvocation} means the very beginning of the line.
 */
public record Page(String rule, List<Example> examples) {

    private static final Pattern EXAMPLE = Pattern.compile("```java (\\w+)(?: (\\w+))?\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PUBLIC =
            Pattern.compile("^public (?:\\w+ )*?(?:class|record|enum|@?interface) (\\w+)", Pattern.MULTILINE);
    private static final Pattern MARK = Pattern.compile("\\s*//(?:<|\\s*\\^) (\\w+)");

    /**
     * @param sort bad, good or suppressed
     * @param profile the profile to compile with
     * @param source with a package
     */
    public record Example(String sort, String profile, String source) {

        /** A file that a public type, if there is one, may stand in. */
        public String fileName() {
            Matcher type = PUBLIC.matcher(source);
            return (type.find() ? type.group(1) : "Example") + ".java";
        }

        /** {@code SelfInvocation 9:12} for each mark, by place. */
        public List<String> marks() {
            List<String> marks = new ArrayList<>();
            List<String> lines = source.lines().toList();
            int line = 0;
            for (int i = 0; i < lines.size(); i++) {
                Matcher mark = MARK.matcher(lines.get(i));
                if (mark.matches()) {
                    int column = lines.get(i).contains("//<") ? 1 : lines.get(i).indexOf('^') + 1;
                    marks.add(mark.group(1) + " " + line + ":" + column);
                } else {
                    line = i + 1;
                }
            }
            return marks;
        }
    }

    public static Page of(String rule) {
        List<Example> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(read(rule));
        while (example.find()) {
            String profile = example.group(2) == null ? "recommended" : example.group(2);
            examples.add(new Example(example.group(1), profile, "package com.acme;\n" + example.group(3)));
        }
        return new Page(rule, examples);
    }

    private static String read(String rule) {
        try {
            return Files.readString(Path.of(System.getProperty("plimsoll.docs"), "rules", rule + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
