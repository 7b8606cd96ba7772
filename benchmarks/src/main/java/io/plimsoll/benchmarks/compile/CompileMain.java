package io.plimsoll.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A JVM that compiles: some contenders in turn, some times over. Prints a line per compilation. */
final class CompileMain {

    private static final String LINE = "measured ";

    private CompileMain() {}

    /** One compilation, as it is printed: {@code measured 4;1234.5}. */
    record Line(int contender, double millis) {

        static Stream<Line> parse(String printed) {
            if (!printed.startsWith(LINE)) {
                return Stream.empty();
            }
            String[] parts = printed.substring(LINE.length()).split(";", -1);
            return Stream.of(new Line(Integer.parseInt(parts[0]), Double.parseDouble(parts[1])));
        }
    }

    /** The directory of the shop, the jars of Plimsoll, the numbers of the contenders, and how often. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Path shop = Path.of(args[0]);
        List<Contender> contenders = Contender.all(
                Arrays.stream(args[1].split(",", -1)).map(Path::of).toList());
        List<Integer> chosen =
                Arrays.stream(args[2].split(",", -1)).map(Integer::valueOf).toList();
        Javac javac = new Javac(sources(shop), shop.resolveSibling("classes"));
        for (int time = 0; time < Integer.parseInt(args[3]); time++) {
            for (int turn = 0; turn < chosen.size(); turn++) {
                int contender = chosen.get((time + turn) % chosen.size());
                System.out.println(LINE + contender + ";" + javac.millis(contenders.get(contender)));
                System.gc();
            }
        }
    }

    private static List<Path> sources(Path shop) throws IOException {
        try (Stream<Path> files = Files.walk(shop)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
