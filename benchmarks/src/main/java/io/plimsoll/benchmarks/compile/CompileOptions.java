package io.plimsoll.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The arguments.
 *
 * @param cold how often each contender compiles in a JVM of its own
 * @param warm how often in the common one, after the warm-up
 * @param jars of Plimsoll: one, or several to compare
 * @param names only contenders whose names start so, and no processor; all if empty
 * @param launcher what stands before the command of a JVM, such as {@code nice}
 */
record CompileOptions(int cold, int warm, int warmups, List<Path> jars, List<String> names, List<String> launcher) {

    private static final String USAGE = "--cold 7 --warm 8 --warmups 4 --jars processor/target/plimsoll-processor-x.jar"
            + " --contenders 'idle,Pl' --launcher 'nice -n 1'";

    /** @throws IllegalArgumentException if an argument is not known, or not a number where one is due */
    static CompileOptions parse(String... args) throws IOException {
        Map<String, String> values = new TreeMap<>(Map.of(
                "--cold", "7", "--warm", "8", "--warmups", "4", "--jars", "", "--contenders", "", "--launcher", ""));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || values.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException(args[i] + " is not known or lacks its value; known are: " + USAGE);
            }
        }
        List<Path> jars =
                words(value(values, "--jars"), ",").stream().map(Path::of).toList();
        return new CompileOptions(
                Integer.parseInt(value(values, "--cold")),
                Integer.parseInt(value(values, "--warm")),
                Integer.parseInt(value(values, "--warmups")),
                jars.isEmpty() ? List.of(built()) : jars,
                words(value(values, "--contenders"), ","),
                words(value(values, "--launcher"), " "));
    }

    boolean wants(Contender contender) {
        return names.isEmpty()
                || contender.name().equals(Contender.NONE)
                || names.stream().anyMatch(contender.name()::startsWith);
    }

    /** The shaded jar of this build: what users put on their processor path. */
    private static Path built() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processor/target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("plimsoll-processor-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("package first: there is no plimsoll-processor-x.jar"));
        }
    }

    private static String value(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static List<String> words(String list, String separator) {
        return Arrays.stream(list.split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
