package io.plimsoll.test;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;

@RealServers
@SpringBootTest(properties = {"spring.datasource.url=jdbc:postgresql://nowhere/none", "spring.data.redis.host=nowhere"})
class RealServersTest {

    @Test
    void theContextUsesThemWhateverTheProperties(
            @Autowired DataSource dataSource, @Autowired JdbcTemplate jdbc, @Autowired StringRedisTemplate redis) {
        assertThat(jdbc.queryForObject("SELECT current_database()", String.class))
                .startsWith("test_");
        assertThat(dataSource.getClass().getSimpleName()).isEqualTo("HikariDataSource");
        redis.opsForValue().set("real-servers-test", "1");
        assertThat(redis.opsForValue().getAndDelete("real-servers-test")).isEqualTo("1");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
