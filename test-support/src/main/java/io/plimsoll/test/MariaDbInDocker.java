package io.plimsoll.test;

import org.testcontainers.mariadb.MariaDBContainer;

/** The shared server as a container; Testcontainers removes it with the JVM. */
final class MariaDbInDocker {

    private static final int PORT = 3306;

    private MariaDbInDocker() {}

    @SuppressWarnings("resource") // lives as long as the JVM
    static MariaDbServer start() {
        MariaDBContainer container = new MariaDBContainer("mariadb:11.4").withCommand("--character-set-server=utf8mb4");
        container.start();
        // Root has the same password as the container's user, who may not create databases.
        return new MariaDbServer(
                container.getHost(),
                container.getMappedPort(PORT),
                container.getDatabaseName(),
                "root",
                container.getPassword(),
                false,
                () -> {});
    }
}
