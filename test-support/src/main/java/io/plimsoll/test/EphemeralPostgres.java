package io.plimsoll.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;

/** The shared server as a process: fast settings, a free port, data that go with the JVM. */
final class EphemeralPostgres {

    private EphemeralPostgres() {}

    @SuppressWarnings("resource") // stopped by its own shutdown hook
    static PostgresServer start() {
        // Below its working folder the library finds what a killed JVM left behind, stops it and removes the data.
        if (System.getProperty("ot.epg.working-dir") == null) {
            System.setProperty("ot.epg.working-dir", WorkFolder.postgres().toString());
        }
        try {
            EmbeddedPostgres server = PostgresSettings.common()
                    .setDataDirectory(WorkFolder.postgres().resolve("postgres-" + UUID.randomUUID()))
                    .start();
            return PostgresSettings.server(server.getPort(), false, () -> {});
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            throw PostgresSettings.explained("Could not start the shared PostgreSQL", e);
        }
    }
}
