package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;
import java.util.List;
import java.util.Locale;

/**
 * Load runs of the outbox and its peers. The arguments say what is measured.
 *
 * <p>The aims: ten times the drain rate of the better peer and 50,000 events a second with a sink that does nothing; half of the
 * events delivered within 10 ms at 1,000 a second; one statement in the business transaction, however many events it publishes.
 */
public final class OutboxBenchmark {

    private static final List<Measurement> MEASUREMENTS = List.of(
            new DrainMeasurement(),
            new SteadyMeasurement(),
            new LatencyMeasurement(),
            new WriteMeasurement(),
            new HeldMeasurement());

    private OutboxBenchmark() {}

    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        List<Measurement> wanted = MEASUREMENTS.stream()
                .filter(measurement -> measurement.isWanted(options))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("Nothing is to be measured; arguments are " + Options.USAGE);
        }
        try (BenchmarkServer server = new BenchmarkServer(options.data(), options.port());
                Publisher publisher = new Publisher(options)) {
            StringBuilder report = new StringBuilder(head(options, server));
            for (Measurement measurement : wanted) {
                report.append(measurement.run(server, options, publisher));
            }
            System.out.println(report);
        }
    }

    private static String head(Options options, BenchmarkServer server) {
        return String.format(
                Locale.ROOT,
                "%n## Outbox%n%nEvents of %d bytes, ten a key; %d rounds after %d of warm-up, median (min..max)%n%s; Java %s,"
                        + " %d processors, %d threads publish, %d connections%n",
                options.payload(),
                options.rounds(),
                options.warmups(),
                server.settings(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.threads(),
                options.connections());
    }
}
