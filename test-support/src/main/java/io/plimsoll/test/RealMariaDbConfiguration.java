package io.plimsoll.test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@link RealMariaDb} imports. */
@Configuration(proxyBeanMethods = false)
class RealMariaDbConfiguration {

    @Bean
    JdbcConnectionDetails realMariaDbConnectionDetails() {
        MariaDbDatabase database = MariaDbServer.shared().createDatabase();
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }
}
