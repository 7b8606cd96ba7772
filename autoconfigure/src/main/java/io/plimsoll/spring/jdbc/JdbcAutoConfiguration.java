package io.plimsoll.spring.jdbc;

import java.sql.DriverManager;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of what the JDBC stores share. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(DataSourceScriptDatabaseInitializer.class)
@EnableConfigurationProperties(JdbcProperties.class)
public final class JdbcAutoConfiguration {

    @Bean
    static SchemaInitializer.Factory plimsollSchemaInitializerFactory(JdbcProperties properties) {
        return (dataSource, script) -> SchemaInitializer.of(dataSource, properties.initializeSchema(), script);
    }

    /** Only where PostgreSQL can be reached past the pool. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({PGConnection.class, JdbcConnectionDetails.class})
    @ConditionalOnBean(JdbcConnectionDetails.class)
    static final class Postgres {

        /** Opens nothing before anybody asks. */
        @Bean
        DirectConnections plimsollDirectConnections(JdbcConnectionDetails details) {
            Properties properties = new Properties();
            properties.setProperty("connectTimeout", "2"); // Seconds; what the URL says is said.
            if (details.getUsername() != null) {
                properties.setProperty("user", details.getUsername());
            }
            if (details.getPassword() != null) {
                properties.setProperty("password", details.getPassword());
            }
            return () -> DriverManager.getConnection(details.getJdbcUrl(), properties);
        }
    }
}
