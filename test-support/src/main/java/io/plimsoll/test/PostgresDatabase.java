package io.plimsoll.test;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where one PostgreSQL database is, and who may do everything in it.
 *
 * @param jdbcUrl without credentials
 */
public record PostgresDatabase(String jdbcUrl, String username, String password) {

    /** A data source without a pool: each connection is a new one. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(username);
        dataSource.setPassword(password);
        return dataSource;
    }
}
