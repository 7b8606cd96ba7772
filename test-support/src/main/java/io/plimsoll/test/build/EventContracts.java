package io.plimsoll.test.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Compares the events of a code base with what they were, in a test of one line:
 *
 * <pre>{@code
 * @Test
 * void eventsBreakNobody() {
 *     EventContracts.verify(Path.of("plimsoll-events.txt"));
 * }
 * }</pre>
 *
 * <p>The file is checked in, and written by {@code java -jar plimsoll-test.jar contracts plimsoll-events.txt .} after a build.
 * A field that is gone, is of another type, is no longer optional, or is new and required breaks those who read the event, or
 * events that are already written: it needs a new version of the event. A new optional field breaks nobody.
 */
public final class EventContracts {

    private EventContracts() {}

    /**
     * Compares the events of the module whose folder the test runs in, as they were last compiled.
     *
     * @param contracts the file
     * @throws AssertionError if one is broken or is not in the file, naming event, version and field
     */
    public static void verify(Path contracts) {
        verify(contracts, Path.of(""));
    }

    /**
     * Compares the events of some builds.
     *
     * @param contracts the file
     * @param builds folders that hold their output, somewhere below
     * @throws AssertionError if one is broken or is not in the file, naming event, version and field
     */
    public static void verify(Path contracts, Path... builds) {
        String write = "java -jar plimsoll-test.jar contracts " + contracts + " .";
        if (!Files.exists(contracts)) {
            throw new AssertionError(contracts + " does not exist. Write it after a build, and check it in: " + write);
        }
        List<String> problems;
        try {
            problems = problems(Contracts.ofFile(contracts), Contracts.ofBuild(Arrays.asList(builds)), contracts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    String.join("\n", problems) + "\n(What is meant goes into the file by: " + write + ")");
        }
    }

    private static List<String> problems(
            Map<Contracts.Event, Map<String, String>> before,
            Map<Contracts.Event, Map<String, String>> now,
            Path file) {
        List<String> problems = new ArrayList<>(Contracts.breaks(before, now));
        before.keySet().stream()
                .filter(each -> !now.containsKey(each))
                .forEach(each -> problems.add(each + " is gone, and events of it that are already written could not be"
                        + " read. Fix: keep its type until none is left, or build from clean if it is there"));
        now.keySet().stream()
                .filter(each -> !before.containsKey(each))
                .forEach(each -> problems.add(each + " is not in " + file
                        + ", and nobody would see when it breaks. Fix:" + " write the file anew"));
        return problems;
    }
}
