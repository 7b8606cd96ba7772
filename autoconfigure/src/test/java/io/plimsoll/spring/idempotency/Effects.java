package io.plimsoll.spring.idempotency;

import static org.awaitility.Awaitility.await;

import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import io.plimsoll.test.PostgresDatabase;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** What listeners have done, in the database of their application. */
public final class Effects {

    private final JdbcTemplate jdbc;

    public Effects(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("CREATE TABLE IF NOT EXISTS effects (name text NOT NULL)");
    }

    /** An application on a database, with a bean of this class, and with the auto-configurations of a broker. */
    public static ApplicationContextRunner runner(PostgresDatabase database, Class<?>... ofBroker) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        WeavingAutoConfiguration.class,
                        JdbcAutoConfiguration.class,
                        IdempotencyAutoConfiguration.class))
                .withConfiguration(AutoConfigurations.of(ofBroker))
                .withPropertyValues(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "plimsoll.jdbc.initialize-schema=always")
                .withBean(Effects.class);
    }

    public void add(String name) {
        jdbc.update("INSERT INTO effects (name) VALUES (?)", name);
    }

    public List<String> all() {
        return jdbc.queryForList("SELECT name FROM effects ORDER BY name", String.class);
    }

    /** Until the last message has had its effect: those before it, on the same way, have had theirs. */
    public static List<String> allOnceThereIs(String last, BeanFactory application) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> application.getBean(Effects.class).all(), all -> all.contains(last));
    }
}
