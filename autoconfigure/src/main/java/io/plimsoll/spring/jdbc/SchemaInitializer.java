package io.plimsoll.spring.jdbc;

import javax.sql.DataSource;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;

/**
 * Creates the tables of one feature, as {@code plimsoll.jdbc.initialize-schema} says. Being one of Boot's initializers,
 * everything that uses the database waits for it.
 */
public final class SchemaInitializer extends DataSourceScriptDatabaseInitializer {

    private SchemaInitializer(DataSource dataSource, DatabaseInitializationSettings settings) {
        super(dataSource, settings);
    }

    /** @param script where the scripts lie, with {@code @@platform@@} for {@code postgresql}, {@code mariadb}, {@code h2} */
    static SchemaInitializer of(DataSource dataSource, DatabaseInitializationMode mode, String script) {
        DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
        settings.setMode(mode);
        if (isDue(dataSource, mode)) {
            settings.setSchemaLocations(
                    new PlatformPlaceholderDatabaseDriverResolver().resolveAll(dataSource, "classpath:" + script));
        }
        return new SchemaInitializer(dataSource, settings);
    }

    /** Asked first: to find out the platform takes a connection, which an application need not have to start. */
    private static boolean isDue(DataSource dataSource, DatabaseInitializationMode mode) {
        return switch (mode) {
            case ALWAYS -> true;
            case EMBEDDED -> EmbeddedDatabaseConnection.isEmbedded(dataSource);
            case NEVER -> false;
        };
    }

    /** Makes the initializers of the features. */
    @FunctionalInterface
    public interface Factory {

        SchemaInitializer create(DataSource dataSource, String script);
    }
}
