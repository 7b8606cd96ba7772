package io.plimsoll.benchmarks.compile;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A JVM that compiles: some contenders in turn, some times over. Prints a line per compilation. */
final class CompileMain {

    private static final String LINE = "measured ";

    /** The class path of the shop. */
    static final String CLASS_PATH = "compile.class.path";

    private CompileMain() {}

    /**
     * Not that of this JVM, which is short: javac finds processors on the class path it runs on itself, beside those on
     * its processor path.
     */
    static String classPath() {
        return System.getProperty(CLASS_PATH, System.getProperty("java.class.path"));
    }

    /**
     * One compilation, as it is printed: {@code measured 4;1234.5;2345.6}.
     *
     * @param millis on the clock
     * @param cpu milliseconds of processor time, in all threads: garbage collection and JIT compilers included
     */
    record Line(int contender, double millis, double cpu) {

        static Stream<Line> parse(String printed) {
            if (!printed.startsWith(LINE)) {
                return Stream.empty();
            }
            String[] parts = printed.substring(LINE.length()).split(";", -1);
            return Stream.of(
                    new Line(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])));
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
                long before = cpu();
                double millis = javac.millis(contenders.get(contender));
                System.out.println(LINE + contender + ";" + millis + ";" + (cpu() - before) / 1e6);
                System.gc();
            }
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<Path> sources(Path shop) throws IOException {
        try (Stream<Path> files = Files.walk(shop)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
