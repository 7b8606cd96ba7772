package io.plimsoll.spring.timeout;

import io.plimsoll.test.MariaDbServer;
import io.plimsoll.test.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The databases whose statements a budget cuts. */
enum TimedDatabase {
    POSTGRESQL("select pg_sleep(60)"),
    /** Not {@code sleep()}: that ends without an error when its query is killed. */
    MARIADB("select benchmark(100000000000, sha2('a', 512))"),
    H2("select count(*) from system_range(1, 100000000000) where x * x < 0");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String slowQuery;

    TimedDatabase(String slowQuery) {
        this.slowQuery = slowQuery;
    }

    /** Each on platform and on virtual threads. */
    static Stream<Arguments> onThreads() {
        return Stream.of(values())
                .flatMap(database -> Threads.available().map(threads -> Arguments.of(database, threads)));
    }

    /** Would take minutes. */
    String slowQuery() {
        return slowQuery;
    }

    Pool open(int connections) {
        return switch (this) {
            case POSTGRESQL -> {
                var database = PostgresServer.shared().createDatabase();
                yield new Pool(database.jdbcUrl(), database.username(), database.password(), connections);
            }
            case MARIADB -> {
                var database = MariaDbServer.shared().createDatabase();
                yield new Pool(database.jdbcUrl(), database.username(), database.password(), connections);
            }
            case H2 ->
                new Pool("jdbc:h2:mem:timed" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "", connections);
        };
    }
}
