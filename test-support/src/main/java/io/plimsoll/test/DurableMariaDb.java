package io.plimsoll.test;

import java.nio.file.Path;
import java.util.List;

/** Attaches to the durable server on a data folder, or starts it. */
final class DurableMariaDb {

    private static final List<String> SETTINGS =
            List.of("--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=ON");

    private DurableMariaDb() {}

    static MariaDbServer open(Path dataFolder, int port) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        boolean attached = serves(folder, port);
        if (!attached) {
            refuseIfServedElsewhere(folder, port);
            Path log = folder.resolveSibling(folder.getFileName() + ".log");
            MariaDbProcess.serve(folder, log, port, SETTINGS);
        }
        return MariaDbProcess.server(port, attached, () -> MariaDbProcess.stop(folder, port));
    }

    private static boolean serves(Path folder, int port) {
        Path served = MariaDbProbe.dataFolderAt(port);
        if (served != null && !MariaDbFolder.same(served, folder)) {
            throw new IllegalStateException("Port " + port + " is taken by a MariaDB on the data folder " + served
                    + ", not " + folder + ". Choose another port, or stop that server");
        }
        return served != null;
    }

    /** Two servers on one folder: the second would wait long for a lock on its files, and say nothing of the first. */
    private static void refuseIfServedElsewhere(Path folder, int port) {
        int other = MariaDbFolder.portOf(folder);
        if (other > 0 && other != port && MariaDbProcess.alive(MariaDbFolder.pidOf(folder))) {
            Path served = MariaDbProbe.dataFolderAt(other);
            if (served != null && MariaDbFolder.same(served, folder)) {
                throw new IllegalStateException("The data folder " + folder + " is served at port " + other
                        + " already: use that port, or stop that server");
            }
        }
    }
}
