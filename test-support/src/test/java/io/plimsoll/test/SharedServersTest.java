package io.plimsoll.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SharedServersTest {

    @Test
    void postgresAnswers() throws SQLException {
        assertThat(ask(PostgresServer.shared().dataSource(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void redisAnswers() throws IOException {
        assertThat(RedisWire.ask(RedisServer.shared().port(), "PING")).startsWith("+PONG");
    }

    @Test
    void manyThreadsGetOneServer() {
        Set<Object> servers = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50)
                .parallel()
                .forEach(i -> servers.addAll(Set.of(PostgresServer.shared(), RedisServer.shared())));
        assertThat(servers).hasSize(2);
    }

    @Test
    void closingASharedServerLeavesItRunning() throws SQLException, IOException {
        PostgresServer.shared().close();
        RedisServer.shared().close();
        assertThat(ask(PostgresServer.shared().dataSource(), "SELECT 1")).isEqualTo("1");
        assertThat(RedisWire.ask(RedisServer.shared().port(), "PING")).startsWith("+PONG");
    }

    @Test
    void databasesDoNotSeeEachOther() throws SQLException {
        DataSource one = PostgresServer.shared().createDatabase().dataSource();
        DataSource other = PostgresServer.shared().createDatabase().dataSource();
        try (Connection connection = one.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_here (id int)");
        }
        String tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'";
        assertThat(ask(one, tables)).isEqualTo("1");
        assertThat(ask(other, tables)).isEqualTo("0");
    }

    static String ask(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
