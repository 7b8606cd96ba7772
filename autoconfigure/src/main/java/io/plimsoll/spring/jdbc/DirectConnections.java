package io.plimsoll.spring.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database of the application that belong to no pool, for what holds one for long. Thread-safe. */
@FunctionalInterface
public interface DirectConnections {

    Connection open() throws SQLException;
}
