package io.plimsoll.test;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** The shared server as a container; Testcontainers removes it with the JVM. */
final class PostgresInDocker {

    private PostgresInDocker() {}

    @SuppressWarnings("resource") // lives as long as the JVM
    static PostgresServer start() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
        container.start();
        return new PostgresServer(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword(),
                false,
                () -> {});
    }
}
