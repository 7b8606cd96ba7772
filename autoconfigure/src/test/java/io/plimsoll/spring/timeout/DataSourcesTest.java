package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.test.PostgresDatabase;
import io.plimsoll.test.PostgresServer;
import io.plimsoll.timeout.TimeoutExceededException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The data sources that applications have, other than a pool. */
class DataSourcesTest {

    private static final Duration SHORT = Duration.ofMillis(800);
    private static final BeanPostProcessor WATCH = new BudgetDataSourcePostProcessor();

    private final Timed timed = new Timed();
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @AfterEach
    void stop() {
        timed.close();
        assertThat(Thread.interrupted()).as("interrupt flag left behind").isFalse();
    }

    private static DataSource watched(DataSource dataSource) {
        return (DataSource) WATCH.postProcessAfterInitialization(dataSource, "dataSource");
    }

    private void assertCut(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        assertThatThrownBy(() -> timed.call(SHORT, () -> jdbc.queryForList("select pg_sleep(60)")))
                .isInstanceOfSatisfying(TimeoutExceededException.class, e -> assertThat(e.activity())
                        .isEqualTo("a JDBC statement"));
        assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
    }

    @Test
    void withoutAPool() {
        assertCut(watched(database.dataSource()));
    }

    @Test
    void behindProxiesOfSpring() {
        DataSource target = watched(database.dataSource());

        assertCut(watched(new LazyConnectionDataSourceProxy(target)));
        assertCut(watched(new TransactionAwareDataSourceProxy(target)));
        assertCut(watched(routing(target)));
    }

    @Test
    void oneConnectionForAll() throws Exception {
        SingleConnectionDataSource single =
                new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), false);
        DataSource dataSource = watched(single);

        assertCut(dataSource);
        try (Connection connection = dataSource.getConnection()) {
            assertThat(((SingleConnectionDataSource) dataSource).shouldClose(connection))
                    .isFalse();
        }
        single.destroy();
    }

    /** Its class is private and final: only its interfaces can be proxied. */
    @Test
    void anEmbeddedDatabase() {
        DataSource dataSource = watched(new EmbeddedDatabaseBuilder()
                .setType(EmbeddedDatabaseType.H2)
                .generateUniqueName(true)
                .build());
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);

        assertThat(Proxy.isProxyClass(dataSource.getClass())).isTrue();
        assertThatThrownBy(() -> timed.call(
                        SHORT,
                        () -> jdbc.queryForObject(
                                "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b",
                                Long.class)))
                .isInstanceOf(TimeoutExceededException.class);
        assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
    }

    private static DataSource routing(DataSource target) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "only";
            }
        };
        routing.setTargetDataSources(Map.of("only", target));
        routing.afterPropertiesSet();
        return routing;
    }
}
