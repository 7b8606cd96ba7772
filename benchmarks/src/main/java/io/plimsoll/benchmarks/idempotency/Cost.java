package io.plimsoll.benchmarks.idempotency;

import io.plimsoll.benchmarks.Counting;
import javax.sql.DataSource;

/**
 * What a contender does, seen from outside, before the run.
 *
 * @param statements per call with a new key
 * @param commits per call with a new key
 * @param replay what a second call with the same key does
 */
record Cost(double statements, double commits, String replay) {

    private static final int CALLS = 50;

    static Cost of(ContenderFactory factory, Task task, Database database) throws Exception {
        DataSource pool = database.pool();
        Counting counting = new Counting(pool);
        try (Contender contender = factory.create(task, counting)) {
            contender.call("first " + Turn.newKey());
            counting.reset();
            for (int call = 0; call < CALLS; call++) {
                contender.call(Turn.newKey());
            }
            double statements = (double) counting.statements() / CALLS;
            double commits = (double) counting.commits() / CALLS;
            return new Cost(statements, commits, replay(contender, database));
        }
    }

    private static String replay(Contender contender, Database database) throws Exception {
        String key = Turn.newKey();
        Receipt first = contender.call(key);
        long rows = Task.commits(database.jdbc());
        Receipt second = contender.call(key);
        if (Task.commits(database.jdbc()) != rows) {
            return "runs again";
        }
        return first != null && first.equals(second) ? "same answer" : "no answer";
    }
}
