package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkDatabase;
import java.util.Locale;

/**
 * What something has cost the server, or all until now has.
 *
 * @param walBytes of write-ahead log
 * @param commits of transactions in the database, also of those that only read
 * @param flushes of the log to the disk; one may serve several commits
 */
record Usage(long walBytes, long commits, long flushes) {

    private static final String COUNTERS =
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = ?), (SELECT COALESCE(SUM(fsyncs), 0)::bigint FROM pg_stat_io WHERE object = 'wal')";

    /** Exact once nobody is connected: a session hands its numbers in once in a while, and when it ends. */
    static Usage until(BenchmarkDatabase database) {
        long wal = database.walBytes();
        Usage usage = database.server()
                .queryForObject(
                        COUNTERS, (row, number) -> new Usage(wal, row.getLong(1), row.getLong(2)), database.name());
        if (usage == null) {
            throw new IllegalStateException("The server has no statistics");
        }
        return usage;
    }

    Usage since(Usage before) {
        return new Usage(walBytes - before.walBytes, commits - before.commits, flushes - before.flushes);
    }

    /** As cells of a table, each for one event. */
    String cells(long events) {
        return String.format(
                Locale.ROOT,
                "%.0f | %.3f | %.3f",
                (double) walBytes / events,
                (double) commits / events,
                (double) flushes / events);
    }
}
