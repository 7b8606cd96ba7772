package io.plimsoll.spring.jdbc;

import io.plimsoll.spring.weaving.BrokenPromiseException;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The databases whose SQL Plimsoll speaks. */
public enum Database {
    POSTGRESQL,
    MARIADB,
    H2;

    /**
     * Asks a database what it is.
     *
     * @throws BrokenPromiseException if it is none of these
     * @throws MetaDataAccessException if it does not answer
     */
    static Database of(DataSource dataSource) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB" -> MARIADB;
            case "H2" -> H2;
            default ->
                throw new BrokenPromiseException(
                        "The database of the application is " + product + ", which Plimsoll has no store for.",
                        "Use PostgreSQL 14+, MariaDB 10.6+ or H2 2.2+.");
        };
    }
}
