package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.OnDuplicate;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service with one method for each kind of transaction. All do the same: one row, then what the test says, then an
 * answer that no second run could give.
 */
class Desk {

    /** What happens in the method after its effect. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private final JdbcTemplate jdbc;
    private final AtomicInteger runs = new AtomicInteger();
    private volatile Step step = () -> {};

    Desk(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void does(Step next) {
        step = next;
    }

    int runs() {
        return runs.get();
    }

    @Idempotent(key = "#id")
    public String plain(String id) throws Exception {
        return work(id);
    }

    @Idempotent(key = "#id", onDuplicate = OnDuplicate.WAIT, maxWait = "10s")
    public String patient(String id) throws Exception {
        return work(id);
    }

    @Transactional
    @Idempotent(key = "#id")
    public String transactional(String id) throws Exception {
        return work(id);
    }

    @Transactional(noRollbackFor = IllegalStateException.class)
    @Idempotent(key = "#id")
    public String forgiving(String id) throws Exception {
        return work(id);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    @Idempotent(key = "#id")
    public String apart(String id) throws Exception {
        return work(id);
    }

    @Transactional(propagation = Propagation.NESTED)
    @Idempotent(key = "#id")
    public String nested(String id) throws Exception {
        return work(id);
    }

    @Transactional(readOnly = true)
    @SuppressWarnings("plimsoll:IdempotentReadOnly")
    @Idempotent(key = "#id")
    public String readOnly(String id) throws Exception {
        return work(id);
    }

    private String work(String id) throws Exception {
        int run = runs.incrementAndGet();
        jdbc.update("INSERT INTO effects (name) VALUES (?)", id);
        step.run();
        return id + " in run " + run;
    }

    /** Another service of the application: its transaction joins, or is one of its own. */
    static class Neighbour {

        private final JdbcTemplate jdbc;

        Neighbour(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public void fail() {
            throw new IllegalArgumentException("the neighbour is not in");
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void workApart() {
            jdbc.update("INSERT INTO effects (name) VALUES ('apart')");
        }

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void workWithoutTransaction() {
            jdbc.update("INSERT INTO effects (name) VALUES ('without')");
        }

        @Transactional
        public void join() {
            jdbc.update("INSERT INTO effects (name) VALUES ('joined')");
        }
    }
}
