package io.plimsoll.benchmarks.outbox;

import io.plimsoll.benchmarks.BenchmarkServer;

/** Asks one thing of all contenders. */
interface Measurement {

    /** Whether the arguments ask for it. */
    boolean isWanted(Options options);

    /** @return what came out, as markdown */
    String run(BenchmarkServer server, Options options, Publisher publisher) throws Exception;
}
