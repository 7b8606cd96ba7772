package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the callers of a {@link Race} were told. */
final class History {

    /** What the line of a call begins with that has got no answer. */
    static final String FAILED = "!";

    static final String RAN = "ran";
    static final String REPLAYED = "replayed";

    private final Map<String, Set<String>> answers = new TreeMap<>();
    private final Map<String, Set<String>> ran = new TreeMap<>();
    private final List<String> failed = new ArrayList<>();
    private long calls;
    private long refusals;
    private long failures;

    static History of(Iterable<Path> files) throws IOException {
        History history = new History();
        for (Path file : files) {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(history::add);
            }
        }
        return history;
    }

    private void add(String line) {
        if (line.startsWith(FAILED)) {
            failed.add(line);
            return;
        }
        String[] words = line.split(" ");
        answers.computeIfAbsent(words[0], name -> new HashSet<>()).add(words[1]);
        if (words[2].equals(RAN)) {
            ran.computeIfAbsent(words[0], name -> new HashSet<>()).add(words[1]);
        }
        calls++;
        refusals += Long.parseLong(words[3]);
        failures += Long.parseLong(words[4]);
    }

    long calls() {
        return calls;
    }

    long refusals() {
        return refusals;
    }

    /** From which JVMs the answers come. */
    Set<String> executors() {
        Set<String> executors = new HashSet<>();
        answers.values().forEach(each -> each.forEach(number -> executors.add(number.split("-")[0])));
        return executors;
    }

    /** One effect per key, and whoever was told anything was told that one. */
    void assertAgreesWith(Map<String, List<String>> entries, int keys) {
        check(entries, keys, true);
    }

    /**
     * For a database that shows others a commit before it has written it, and has crashed: what it then forgets, a
     * replay may have told. Whoever was told that the own commit is done was told the truth.
     */
    void assertAgreesWithWhatWasWritten(Map<String, List<String>> entries, int keys) {
        check(entries, keys, false);
    }

    private void check(Map<String, List<String>> entries, int keys, boolean replaysToo) {
        List<String> doubles = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<String> lostReplays = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            String name = Race.name(key);
            List<String> effects = entries.getOrDefault(name, List.of());
            Set<String> told = answers.getOrDefault(name, Set.of());
            if (effects.size() > 1) {
                doubles.add(name + effects);
            }
            if (!effects.containsAll(ran.getOrDefault(name, Set.of())) || !told.containsAll(effects)) {
                lost.add(name + ": told " + told + ", found " + effects);
            } else if (!effects.containsAll(told)) {
                lostReplays.add(name + ": told " + told + ", found " + effects);
            }
        }
        System.out.printf(
                "%d keys, %d answers, %d refusals while in flight, %d failures, runs of %d JVMs: %d effects, %d double"
                        + " effects, %d lost answers, %d lost replays, %d without answer%n",
                keys,
                calls,
                refusals,
                failures,
                executors().size(),
                entries.values().stream().mapToInt(List::size).sum(),
                doubles.size(),
                lost.size(),
                lostReplays.size(),
                failed.size());
        assertThat(failed).as("without an answer").isEmpty();
        assertThat(doubles).as("double effects").isEmpty();
        assertThat(lost).as("lost or different answers").isEmpty();
        if (replaysToo) {
            assertThat(lostReplays).as("replays of what is not there").isEmpty();
        }
        assertThat(entries).hasSize(keys);
    }
}
