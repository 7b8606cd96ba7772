package io.plimsoll.benchmarks.idempotency;

import javax.sql.DataSource;

/** Makes a contender. */
public interface ContenderFactory {

    /**
     * A contender for one task. It makes the tables that it needs, unless they are there; the task's own are. Every
     * contender gets the same pool, whose connections commit by themselves outside of a transaction.
     */
    Contender create(Task task, DataSource dataSource);
}
