package io.plimsoll.sample.servers;

import io.plimsoll.test.PostgresServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * A PostgreSQL of the shop's own, unless {@code spring.datasource.url} names one. It outlives a {@code kill -9} of the
 * shop, whose next start attaches to it; an orderly stop closes the connection pool first and then stops the server.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnMissingBean(JdbcConnectionDetails.class)
@Conditional(PostgresAutoConfiguration.NoDatabaseGiven.class)
@EnableConfigurationProperties(ShopServersProperties.class)
public final class PostgresAutoConfiguration {

    @Bean
    PostgresServer shopPostgres(ShopServersProperties properties) {
        return PostgresServer.durable(properties.dataFolder().resolve("postgres"), properties.postgresPort());
    }

    @Bean
    JdbcConnectionDetails shopPostgresConnectionDetails(PostgresServer server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return server.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return server.username();
            }

            @Override
            public String getPassword() {
                return server.password();
            }
        };
    }

    static final class NoDatabaseGiven extends NoneNestedConditions {

        NoDatabaseGiven() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class Url {}
    }
}
