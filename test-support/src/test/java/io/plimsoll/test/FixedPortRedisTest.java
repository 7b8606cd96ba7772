package io.plimsoll.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FixedPortRedisTest {

    @Test
    void aSecondStartAttachesAndStops() throws IOException {
        int port = DurablePostgresTest.freePort();
        try (RedisServer first = RedisServer.at(port)) {
            assertThat(first.attached()).isFalse();
            RedisWire.ask(port, "SET kept 1");
            RedisServer second = RedisServer.at(port);
            assertThat(second.attached()).isTrue();
            assertThat(RedisWire.ask(port, "GET kept")).isEqualTo("1");
            second.close();
        }
        assertThat(RedisWire.answersAt(port)).isFalse();
    }

    @Test
    void itSurvivesTheKillOfTheJvmThatStartedIt() throws Exception {
        int port = DurablePostgresTest.freePort();
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(jvm.inputReader().lines().anyMatch("started"::equals)).isTrue();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        try (RedisServer server = RedisServer.at(port)) {
            assertThat(server.attached()).isTrue();
        }
        assertThat(RedisWire.answersAt(port)).isFalse();
    }

    @Test
    void aPortTakenBySomethingElseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RedisServer.at(other.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " is taken by something");
        }
    }

    @Test
    void aFreePortIsNoError() throws IOException {
        int port = DurablePostgresTest.freePort();
        assertThat(RedisWire.answersAt(port)).isFalse();
        assertThatThrownBy(() -> RedisWire.ask(port, "PING")).isInstanceOf(ConnectException.class);
    }

    /** The JVM that is killed. */
    static final class StartsAndWaits {

        private StartsAndWaits() {}

        @SuppressWarnings("resource") // the point is that nobody closes it
        public static void main(String[] args) throws Exception {
            RedisServer.at(Integer.parseInt(args[0]));
            System.out.println("started");
            Thread.currentThread().join();
        }
    }
}
