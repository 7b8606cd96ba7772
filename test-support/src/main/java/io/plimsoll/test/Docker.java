package io.plimsoll.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Whether a Docker engine answers. */
final class Docker {

    private Docker() {}

    static boolean available() {
        return Answer.AVAILABLE;
    }

    /**
     * Testcontainers searches for seconds and logs errors where there is no Docker: ask it only where there may be one.
     */
    private static boolean plausible() {
        String home = System.getProperty("user.home", "");
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/nowhere");
        return System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                "/var/run/docker.sock",
                                runtime + "/docker.sock",
                                home + "/.docker/run/docker.sock",
                                home + "/.docker/desktop/docker.sock",
                                home + "/.testcontainers.properties",
                                "\\\\.\\pipe\\docker_engine")
                        .anyMatch(path -> Files.exists(Path.of(path)));
    }

    private static final class Answer {
        static final boolean AVAILABLE = !"false".equals(System.getProperty("plimsoll.test.docker"))
                && plausible()
                && DockerClientFactory.instance().isDockerAvailable();
    }
}
