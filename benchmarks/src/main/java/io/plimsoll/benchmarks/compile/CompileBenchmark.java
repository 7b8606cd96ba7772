package io.plimsoll.benchmarks.compile;

import io.plimsoll.benchmarks.Spread;
import io.plimsoll.benchmarks.compile.CompileMain.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the processor costs at compile time: the {@link Shop}, with and without.
 *
 * <p>The promise: at most 10 % more than no processor at all, for 300 types that carry promises.
 *
 * <p>Two figures, for there are two kinds of builds. <b>Cold</b>: a new JVM for every compilation, which starts with
 * nothing loaded and nothing compiled, as under Maven; the start of the JVM itself does not count. It is the figure that
 * the promise is about. <b>Warm</b>: one JVM for all contenders, as in a Gradle daemon; the first rounds do not count.
 * javac loads a processor anew each time in both.
 *
 * <p>The contenders take turns, each round begins with another one, and a ratio is taken within a round, so that what
 * the machine does meanwhile meets all of them.
 */
public final class CompileBenchmark {

    private final CompileOptions options;
    private final List<Contender> contenders;
    private final List<Integer> chosen;
    private final Path shop = Path.of("benchmarks/target/compile/shop");

    private CompileBenchmark(CompileOptions options) {
        this.options = options;
        this.contenders = Contender.all(options.jars());
        this.chosen = IntStream.range(0, contenders.size())
                .filter(each -> options.wants(contenders.get(each)))
                .boxed()
                .toList();
    }

    public static void main(String[] args) throws Exception {
        CompileOptions options = CompileOptions.parse(args);
        CompileBenchmark benchmark = new CompileBenchmark(options);
        Shop.write(benchmark.shop);
        StringBuilder report = new StringBuilder(String.format(
                Locale.ROOT,
                "%n## Compiling %d types, %d of them with promises%n%nJava %s, %d processors; median (min..max)%n",
                11 * Shop.DOMAINS,
                Shop.PROMISING,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        if (options.cold() > 0) {
            report.append(benchmark.table("Cold: a new JVM each time", benchmark.cold(), 0));
        }
        if (options.warm() > 0) {
            int warmups = options.warmups();
            report.append(benchmark.table(
                    "Warm: one JVM, after " + warmups + " rounds", benchmark.warm(), options.warmups()));
        }
        System.out.println(report);
    }

    private List<Line> cold() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (int round = 0; round < options.cold(); round++) {
            for (int turn = 0; turn < chosen.size(); turn++) {
                lines.addAll(fork(List.of(chosen.get((round + turn) % chosen.size())), 1));
            }
        }
        return lines;
    }

    private List<Line> warm() throws IOException, InterruptedException {
        return fork(chosen, options.warmups() + options.warm());
    }

    private List<Line> fork(List<Integer> chosen, int times) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options.launcher());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-D" + CompileMain.CLASS_PATH + "=" + CompileMain.classPath(),
                "-classpath",
                Contender.classPath("classes", "plimsoll-annotations", "jspecify"),
                CompileMain.class.getName(),
                shop.toString(),
                String.join(",", options.jars().stream().map(Path::toString).toList()),
                String.join(",", chosen.stream().map(String::valueOf).toList()),
                String.valueOf(times)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Line> lines = new ArrayList<>();
        try (Stream<String> printed =
                process.inputReader(StandardCharsets.UTF_8).lines()) {
            printed.flatMap(Line::parse).forEach(line -> {
                System.err.printf(
                        "%s: %.0f ms%n", contenders.get(line.contender()).name(), line.millis());
                lines.add(line);
            });
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + command);
        }
        return lines;
    }

    private String table(String title, List<Line> lines, int warmups) {
        StringBuilder table = new StringBuilder("\n### " + title + "\n\n");
        table.append("| contender | ms | % more than none | ms of CPU | % more than none |\n|---|---|---|---|---|\n");
        List<Line> none = of(0, lines, warmups);
        for (int contender = 0; contender < contenders.size(); contender++) {
            List<Line> own = of(contender, lines, warmups);
            if (!own.isEmpty()) {
                table.append("| ").append(contenders.get(contender).name());
                table.append(columns(own, none, Line::millis)).append(columns(own, none, Line::cpu));
                table.append(" |\n");
            }
        }
        return table.toString();
    }

    private static List<Line> of(int contender, List<Line> lines, int warmups) {
        return lines.stream()
                .filter(line -> line.contender() == contender)
                .skip(warmups)
                .toList();
    }

    private static String columns(List<Line> own, List<Line> none, ToDoubleFunction<Line> figure) {
        DoubleStream more = IntStream.range(0, own.size())
                .mapToDouble(round ->
                        100 * (figure.applyAsDouble(own.get(round)) / figure.applyAsDouble(none.get(round)) - 1));
        return " | " + Spread.of(own.stream().mapToDouble(figure)).format("%.0f") + " | "
                + Spread.of(more).format("%.1f");
    }
}
