package io.plimsoll.spring.jdbc;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what the JDBC stores share. */
@AutoConfiguration
@ConditionalOnClass(DataSourceScriptDatabaseInitializer.class)
@EnableConfigurationProperties(JdbcProperties.class)
public final class JdbcAutoConfiguration {

    @Bean
    static SchemaInitializer.Factory plimsollSchemaInitializerFactory(JdbcProperties properties) {
        return (dataSource, script) -> SchemaInitializer.of(dataSource, properties.initializeSchema(), script);
    }
}
