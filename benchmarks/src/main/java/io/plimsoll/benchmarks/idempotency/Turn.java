package io.plimsoll.benchmarks.idempotency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** One contender's turn in a round. */
record Turn(long calls, Duration time, long walBytes) {

    double perSecond() {
        return calls / (time.toNanos() / 1e9);
    }

    /** @throws IllegalStateException if a call fails, or if not every call has been committed once */
    static Turn of(Contender contender, Options options, ExecutorService threads, Database database) throws Exception {
        long rows = Task.commits(database.jdbc());
        long wal = database.walBytes();
        long start = System.nanoTime();
        long end = start + options.time().toNanos();
        List<Future<Long>> running = new ArrayList<>();
        for (int thread = 0; thread < options.threads(); thread++) {
            running.add(threads.submit(() -> callUntil(end, contender)));
        }
        long calls = 0;
        for (Future<Long> thread : running) {
            calls += thread.get();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Turn turn = new Turn(calls, time, database.walBytes() - wal);
        long committed = Task.commits(database.jdbc()) - rows;
        if (committed != calls) {
            throw new IllegalStateException(
                    contender.name() + " was called " + calls + " times and committed " + committed);
        }
        return turn;
    }

    private static long callUntil(long end, Contender contender) throws Exception {
        long calls = 0;
        while (System.nanoTime() - end < 0) {
            contender.call(newKey());
            calls++;
        }
        return calls;
    }

    /** UUID.randomUUID() would have the threads queue for one generator. */
    static String newKey() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
