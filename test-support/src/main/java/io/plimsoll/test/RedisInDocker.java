package io.plimsoll.test;

import org.testcontainers.containers.GenericContainer;

/** The shared server as a container; Testcontainers removes it with the JVM. */
final class RedisInDocker {

    private static final int PORT = 6379;

    private RedisInDocker() {}

    @SuppressWarnings("resource") // lives as long as the JVM
    static RedisServer start() {
        GenericContainer<?> container = new GenericContainer<>("redis:7-alpine").withExposedPorts(PORT);
        container.start();
        return new RedisServer(container.getHost(), container.getMappedPort(PORT), false, () -> {});
    }
}
