package io.plimsoll.test;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@RealMariaDb
@SpringBootTest(properties = "spring.datasource.url=jdbc:mariadb://nowhere/none")
class RealMariaDbTest {

    @Test
    void theContextUsesItWhateverTheProperties(@Autowired DataSource dataSource, @Autowired JdbcTemplate jdbc) {
        assertThat(jdbc.queryForObject("SELECT database()", String.class)).startsWith("test_");
        assertThat(dataSource.getClass().getSimpleName()).isEqualTo("HikariDataSource");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
