package io.plimsoll.test;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * Where one MariaDB database is, and who may do everything in it.
 *
 * @param jdbcUrl without credentials
 */
public record MariaDbDatabase(String jdbcUrl, String username, String password) {

    /** A data source without a pool: each connection is a new one. */
    public DataSource dataSource() {
        try {
            MariaDbDataSource dataSource = new MariaDbDataSource(jdbcUrl);
            dataSource.setUser(username);
            dataSource.setPassword(password);
            return dataSource;
        } catch (SQLException e) {
            throw new IllegalStateException("The MariaDB driver does not accept " + jdbcUrl, e);
        }
    }
}
