package io.plimsoll.spring.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** H2: as MariaDB, but for its clock. */
final class H2OutboxDialect extends MariaDbOutboxDialect {

    @Override
    String now() {
        return "CURRENT_TIMESTAMP";
    }

    @Override
    Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    String nowPlusMicros() {
        return "DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP)";
    }
}
