package io.plimsoll.test.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the rows of all types together: {@code plimsoll-report.json} for programs, {@code .md} for people. */
final class ReportCommand {

    private ReportCommand() {}

    static String run(Path folder, List<Path> folders) throws IOException {
        List<String> objects = lines(Fragments.read("report", folders, List.of(".json")));
        if (objects.isEmpty()) {
            throw new Plimsoll.Refusal("No entry points are recorded below " + folders
                    + ". Build everything from clean with -Aplimsoll.report=true first.");
        }
        Files.createDirectories(folder);
        Path json = Files.writeString(
                folder.resolve("plimsoll-report.json"),
                objects.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n")));
        List<List<String>> table = new ArrayList<>();
        for (String fragment : Fragments.read("report", folders, List.of(".md"))) {
            // Each fragment begins with the header, so that it is a table by itself. Overloads may have equal rows.
            fragment.lines().skip(table.isEmpty() ? 0 : 2).forEach(row -> table.add(cells(row)));
        }
        Path markdown = Files.writeString(folder.resolve("plimsoll-report.md"), aligned(table));
        return objects.size() + " entry points in " + json + " and " + markdown;
    }

    private static List<String> lines(List<String> texts) {
        return texts.stream().flatMap(String::lines).toList();
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.substring(1, row.length() - 1).split("(?<!\\\\)\\|")) {
            cells.add(cell.strip());
        }
        return cells;
    }

    /** The same table with columns as wide as their widest cell, to be read as it is. */
    private static String aligned(List<List<String>> table) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            text.append('|');
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = table.stream()
                        .mapToInt(
                                each -> column < each.size() ? each.get(column).length() : 0)
                        .max()
                        .orElse(0);
                boolean rule = row.get(i).startsWith("---");
                String filling = (rule ? "-" : " ").repeat(width - row.get(i).length());
                text.append(' ').append(row.get(i)).append(filling).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
