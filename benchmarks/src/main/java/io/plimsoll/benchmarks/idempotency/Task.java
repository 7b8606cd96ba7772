package io.plimsoll.benchmarks.idempotency;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/** The business transaction whose throughput is measured; every contender runs the same one. */
public enum Task {
    /** One insert: the shortest transaction there is, so the one on which idempotency weighs most. */
    SINGLE {
        @Override
        public Receipt run(JdbcTemplate jdbc, String reference) {
            int cents = ThreadLocalRandom.current().nextInt(1, 10_000);
            jdbc.update(INSERT_PAYMENT, reference, cents);
            return new Receipt(reference, cents, "PAID");
        }
    },

    /** A transfer: two inserts, two updates by primary key, one select. */
    FIVE {
        @Override
        public Receipt run(JdbcTemplate jdbc, String reference) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int cents = random.nextInt(1, 10_000);
            // In ascending order, or else two transfers deadlock.
            int one = random.nextInt(1, ACCOUNTS);
            int other = random.nextInt(one + 1, ACCOUNTS + 1);
            jdbc.update(INSERT_PAYMENT, reference, cents);
            jdbc.update(UPDATE_ACCOUNT, -cents, one);
            jdbc.update(UPDATE_ACCOUNT, cents, other);
            jdbc.update(INSERT_ENTRY, reference, one, cents);
            Long balance = jdbc.queryForObject(SELECT_BALANCE, Long.class, one);
            return new Receipt(reference, cents, balance == null ? "LOST" : "PAID");
        }
    };

    /** Enough that eight threads hardly ever meet on one of them. */
    private static final int ACCOUNTS = 100_000;

    private static final String INSERT_PAYMENT = "INSERT INTO payment (reference, cents) VALUES (?, ?)";
    private static final String INSERT_ENTRY = "INSERT INTO entry (reference, account, cents) VALUES (?, ?, ?)";
    private static final String UPDATE_ACCOUNT = "UPDATE account SET balance = balance + ? WHERE id = ?";
    private static final String SELECT_BALANCE = "SELECT balance FROM account WHERE id = ?";

    private static final String TABLES = """
            CREATE TABLE payment (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                reference text NOT NULL, cents int NOT NULL, at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                reference text NOT NULL, account int NOT NULL, cents int NOT NULL);
            CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 50);
            INSERT INTO account SELECT id, 0 FROM generate_series(1, %d) id;
            ANALYZE account;
            """.formatted(ACCOUNTS);

    /** Runs the statements in the transaction that is open. */
    public abstract Receipt run(JdbcTemplate jdbc, String reference);

    static void createTables(JdbcTemplate jdbc) {
        jdbc.execute(TABLES);
    }

    /** How often any task has been committed. */
    static long commits(JdbcTemplate jdbc) {
        Long rows = jdbc.queryForObject("SELECT count(*) FROM payment", Long.class);
        return rows == null ? 0 : rows;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
