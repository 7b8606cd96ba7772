package io.plimsoll.benchmarks.timeout;

import io.plimsoll.timeout.Timeout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a statement costs through Plimsoll's data source, over the same statement on the same driver without it: H2 in
 * memory, because its statement is short enough to see the difference.
 *
 * <p>The promise: at most 200 ns more per statement. The budget is started once per hundred statements, so that its own
 * cost does not show.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StatementBenchmark {

    private static final int STATEMENTS = 100;

    private ConfigurableApplicationContext context;
    private Statements statements;
    private Connection plain;
    private Connection wrapped;

    @Setup
    public void start() throws SQLException {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.datasource.url=jdbc:h2:mem:statements",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .run();
        statements = context.getBean(Statements.class);
        wrapped = context.getBean(DataSource.class).getConnection();
        plain = java.sql.DriverManager.getConnection("jdbc:h2:mem:statements", "sa", "");
    }

    @TearDown
    public void stop() throws SQLException {
        plain.close();
        wrapped.close();
        context.close();
    }

    @Benchmark
    @org.openjdk.jmh.annotations.OperationsPerInvocation(STATEMENTS)
    public int plain() throws SQLException {
        return Statements.runAll(plain);
    }

    @Benchmark
    @org.openjdk.jmh.annotations.OperationsPerInvocation(STATEMENTS)
    public int wrappedWithoutBudget() throws SQLException {
        return Statements.runAll(wrapped);
    }

    @Benchmark
    @org.openjdk.jmh.annotations.OperationsPerInvocation(STATEMENTS)
    public int wrappedUnderBudget() throws SQLException {
        return statements.runUnderBudget(wrapped);
    }

    /** Prepares, binds, executes, reads, closes. */
    public static class Statements {

        @Timeout("10s")
        public int runUnderBudget(Connection connection) throws SQLException {
            return runAll(connection);
        }

        static int runAll(Connection connection) throws SQLException {
            int sum = 0;
            for (int i = 0; i < STATEMENTS; i++) {
                try (PreparedStatement statement = connection.prepareStatement("select ?")) {
                    statement.setInt(1, i);
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        sum += rows.getInt(1);
                    }
                }
            }
            return sum;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Statements.class)
    static class Application {}
}
