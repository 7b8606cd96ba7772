package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.OnDuplicate;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** The application of the proofs: a call writes one business row, and answers with the number in it. */
class Ledger {

    /** Nothing but {@code @Idempotent} keeps a key from being there twice. */
    static final String TABLE = "CREATE TABLE entries (name VARCHAR(100) NOT NULL, number VARCHAR(100) NOT NULL)";

    private final JdbcTemplate jdbc;
    private final Step.Listener steps;
    private final AtomicInteger runs = new AtomicInteger();
    private final ThreadLocal<@Nullable Entry> lastOfThread = new ThreadLocal<>();

    Ledger(JdbcTemplate jdbc, Step.Listener steps) {
        this.jdbc = jdbc;
        this.steps = steps;
    }

    @Idempotent(key = "#name")
    public Entry book(String name) {
        return write(name);
    }

    @Transactional
    @Idempotent(key = "#name")
    public Entry bookInTransaction(String name) {
        return write(name);
    }

    @Idempotent(key = "#name", onDuplicate = OnDuplicate.WAIT, maxWait = "60s")
    public Entry bookPatiently(String name) {
        return write(name);
    }

    /** Fails, and commits nevertheless: so Spring does after a checked exception. */
    @Transactional
    @Idempotent(key = "#name")
    public Entry bookHalf(String name) throws IOException {
        write(name);
        throw new IOException("half done");
    }

    private Entry write(String name) {
        Entry entry = new Entry(name, ProcessHandle.current().pid() + "-" + runs.incrementAndGet());
        jdbc.update("INSERT INTO entries (name, number) VALUES (?, ?)", entry.name(), entry.number());
        steps.reached(Step.IN_METHOD);
        lastOfThread.set(entry);
        return entry;
    }

    /** How often a method was run in this JVM. */
    int runs() {
        return runs.get();
    }

    /** Whether an entry is what the method returned when it last ran on this thread, and not a replay. */
    boolean ranHere(Entry entry) {
        return entry.equals(lastOfThread.get());
    }

    /** What the table says. */
    List<String> numbersOf(String name) {
        return jdbc.queryForList("SELECT number FROM entries WHERE name = ?", String.class, name);
    }

    /** @param number unique: which JVM, and its how-manieth run */
    record Entry(String name, String number) {}

    /** How to call it. */
    enum Way {
        REJECT {
            @Override
            Entry book(Ledger ledger, String name) {
                return ledger.book(name);
            }
        },
        TRANSACTIONAL {
            @Override
            Entry book(Ledger ledger, String name) {
                return ledger.bookInTransaction(name);
            }
        },
        WAIT {
            @Override
            Entry book(Ledger ledger, String name) {
                return ledger.bookPatiently(name);
            }
        };

        abstract Entry book(Ledger ledger, String name);
    }
}
