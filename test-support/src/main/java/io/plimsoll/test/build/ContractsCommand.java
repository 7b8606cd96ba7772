package io.plimsoll.test.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the events of a whole build look like; events that are gone are dropped. Refuses what breaks a reader. */
final class ContractsCommand {

    private ContractsCommand() {}

    static String run(Path file, List<Path> folders) throws IOException {
        Map<Contracts.Event, Map<String, String>> now = Contracts.ofBuild(folders);
        if (now.isEmpty()) {
            throw new Plimsoll.Refusal("No events are recorded below " + folders + ", and " + file
                    + " was left as it is. Build everything from clean with plimsoll-processor first.");
        }
        Map<Contracts.Event, Map<String, String>> before =
                Files.exists(file) ? Contracts.ofFile(file) : new TreeMap<>();
        List<String> breaks = Contracts.breaks(before, now);
        if (!breaks.isEmpty()) {
            throw new Plimsoll.Refusal(String.join("\n", breaks) + "\n" + file
                    + " was left as it is. If nobody has ever read that event, delete it from the file.");
        }
        Contracts.write(file, now);
        long fresh =
                now.keySet().stream().filter(each -> !before.containsKey(each)).count();
        long gone =
                before.keySet().stream().filter(each -> !now.containsKey(each)).count();
        return file + ": " + now.size() + " events, " + fresh + " of them new; " + gone + " are gone and dropped";
    }
}
