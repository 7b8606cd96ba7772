package io.plimsoll.spring.outbox;

/** H2: as MariaDB, but for its clock. */
final class H2OutboxDialect extends MariaDbOutboxDialect {

    @Override
    String now() {
        return "CURRENT_TIMESTAMP";
    }

    @Override
    String nowPlusMicros() {
        return "DATEADD(MICROSECOND, ?, CURRENT_TIMESTAMP)";
    }
}
