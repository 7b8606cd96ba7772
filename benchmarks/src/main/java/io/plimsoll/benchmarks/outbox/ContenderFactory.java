package io.plimsoll.benchmarks.outbox;

import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Makes a contender, which makes its tables unless they are there. */
@FunctionalInterface
interface ContenderFactory {

    /**
     * @param dataSource not the contender's to close
     * @param delivered told the number of each event that is delivered
     */
    Contender open(DataSource dataSource, LongConsumer delivered);
}
