package io.plimsoll.benchmarks.outbox;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** One way to publish with a transaction and to deliver afterwards. It has delivered what waits since it was made. */
interface Contender extends AutoCloseable {

    /** Of the application whose events these are. */
    TransactionTemplate transaction();

    /** In the same transactions. */
    JdbcTemplate jdbc();

    /** Publishes in the transaction of the thread; by many threads at once. */
    void publish(Placed event);

    /** What is published from now on is not delivered. */
    void pause();

    /** Whether an event is still to be delivered or to be ticked off: a query of one boolean. */
    String waiting();

    @Override
    void close();
}
