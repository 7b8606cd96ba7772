package io.plimsoll.spring.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs 6 and 7 of the protocol, over real HTTP between real JVMs. */
class ChainedServicesTest {

    private static final String CALLER = "the caller (Plimsoll-Budget)";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Service first;
    private static Service enforcing;
    private static Service observing;
    private static Service off;

    @BeforeAll
    static void start() throws Exception {
        first = new Service("--plimsoll.timeout.wire.send-to=localhost");
        enforcing = new Service(
                "--plimsoll.timeout.wire.mode=enforce", "--plimsoll.timeout.wire.trusted-peers=127.0.0.1,::1");
        observing = new Service(
                "--plimsoll.timeout.wire.mode=observe",
                "--plimsoll.timeout.wire.trusted-peers=127.0.0.1,::1",
                "--management.endpoints.web.exposure.include=*");
        off = new Service();
    }

    @AfterAll
    static void stop() {
        Stream.of(first, enforcing, observing, off).forEach(Service::close);
    }

    @Test
    void theSecondServiceHasLessThanTheFirst() throws Exception {
        assertThat(Long.parseLong(first.get("/relay?to=" + enforcing.url("/left"))))
                .as("2 s, less what the first has spent")
                .isBetween(1L, 1_700L);
    }

    @Test
    void whereTheHeaderIsNotLookedAtItHasItsOwn() throws Exception {
        assertThat(Long.parseLong(first.get("/relay?to=" + off.url("/left")))).isBetween(5_000L, 10_000L);
        assertThat(Long.parseLong(first.get("/relay?to=" + observing.url("/left"))))
                .isBetween(5_000L, 10_000L);
    }

    @Test
    void bothAreCutAndEachSaysWhoseBudgetItWas() throws Exception {
        String problem = first.get("/relay?to=" + enforcing.url("/forever"));

        assertThat(problem)
                .contains(
                        "\"code\":\"timeout_exceeded\"", "\"budget\":\"2s\"", "\"setBy\":\"RelayMain$Handlers.relay\"")
                .contains("\"in\":\"an HTTP call to localhost:" + enforcing.port + "\"");
        await().untilAsserted(() -> assertThat(enforcing.get("/cuts")).contains(CALLER));
    }

    @Test
    void whoComesWithoutAHeaderHasTheServersBudget() throws Exception {
        assertThat(Long.parseLong(enforcing.get("/left"))).isBetween(5_000L, 10_000L);
    }

    @Test
    void garbageIsIgnored() throws Exception {
        for (String garbage : List.of("soon", "-1", "1.5", "99999999999999999999", "1, 1")) {
            assertThat(Long.parseLong(enforcing.get("/left", "Plimsoll-Budget", garbage)))
                    .as(garbage)
                    .isBetween(5_000L, 10_000L);
        }
    }

    /** Tomcat's valve takes the address out of the header, and the header out of the request. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Client"})
    void whatTheContainerTakesForForwardedIsNotBelieved(String header) throws Exception {
        try (Service service = new Service(
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.remote-ip-header=" + header,
                "--plimsoll.timeout.wire.mode=enforce",
                "--plimsoll.timeout.wire.trusted-peers=10.0.0.0/8,127.0.0.1")) {
            assertThat(Long.parseLong(service.get("/left", "Plimsoll-Budget", "1000")))
                    .isBetween(1L, 1_000L);
            assertThat(Long.parseLong(service.get("/left", "Plimsoll-Budget", "1000", header, "10.1.2.3")))
                    .isBetween(5_000L, 10_000L);
        }
    }

    @Test
    void aCallerThatIsNearItsEndIsAnsweredAtOnce() throws Exception {
        assertThat(enforcing.get("/forever", "Plimsoll-Budget", "50"))
                .contains("\"code\":\"timeout_exceeded\"", "\"budget\":\"50ms\"", "\"setBy\":\"" + CALLER + "\"");
    }

    private static final class Service implements AutoCloseable {

        private final Process process;
        private final int port;

        Service(String... properties) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    RelayMain.class.getName(),
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--spring.main.web-application-type=servlet"));
            command.addAll(List.of(properties));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder log = new StringBuilder();
            String line = out.readLine();
            while (line != null && !line.startsWith("PORT=")) {
                log.append(line).append('\n');
                line = out.readLine();
            }
            assertThat(line).as(log.toString()).isNotNull();
            port = Integer.parseInt(line.substring("PORT=".length()));
            Thread drain = new Thread(() -> out.lines().forEach(more -> {}), "drain");
            drain.setDaemon(true);
            drain.start();
        }

        String url(String path) {
            return "http://localhost:" + port + path;
        }

        String get(String path, String... headers) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(30));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
