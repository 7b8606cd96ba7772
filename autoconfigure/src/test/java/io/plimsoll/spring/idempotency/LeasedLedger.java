package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** The {@link Ledger} in LEASE mode: it books into the same table, and answers with the number that it has written. */
class LeasedLedger {

    static final String LEASE = "3s";

    private final JdbcTemplate jdbc;
    private final Step.Listener steps;
    private final AtomicInteger runs = new AtomicInteger();

    LeasedLedger(JdbcTemplate jdbc, Step.Listener steps) {
        this.jdbc = jdbc;
        this.steps = steps;
    }

    @Idempotent(key = "#name", mode = Mode.LEASE, lease = LEASE)
    public String book(String name) {
        return write(name);
    }

    @Transactional
    @Idempotent(key = "#name", mode = Mode.LEASE, lease = LEASE)
    public String bookInTransaction(String name) {
        return write(name);
    }

    @Idempotent(key = "#name", mode = Mode.LEASE, lease = LEASE, onDuplicate = OnDuplicate.WAIT, maxWait = "60s")
    public String bookPatiently(String name) {
        return write(name);
    }

    @Transactional
    @Idempotent(key = "#name", mode = Mode.LEASE, lease = LEASE, onLost = OnLost.RERUN)
    public String bookAgain(String name) {
        return write(name);
    }

    private String write(String name) {
        String number = ProcessHandle.current().pid() + "-" + runs.incrementAndGet();
        jdbc.update("INSERT INTO entries (name, number) VALUES (?, ?)", name, number);
        steps.reached(Step.IN_METHOD);
        return number;
    }

    /** How often a method was run in this JVM. */
    int runs() {
        return runs.get();
    }

    /** How to call it. */
    enum Way {
        PLAIN {
            @Override
            String book(LeasedLedger ledger, String name) {
                return ledger.book(name);
            }
        },
        TRANSACTIONAL {
            @Override
            String book(LeasedLedger ledger, String name) {
                return ledger.bookInTransaction(name);
            }
        },
        WAIT {
            @Override
            String book(LeasedLedger ledger, String name) {
                return ledger.bookPatiently(name);
            }
        },
        RERUN {
            @Override
            String book(LeasedLedger ledger, String name) {
                return ledger.bookAgain(name);
            }
        };

        abstract String book(LeasedLedger ledger, String name);
    }
}
