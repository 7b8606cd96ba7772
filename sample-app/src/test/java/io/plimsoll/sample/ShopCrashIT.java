package io.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.test.PostgresServer;
import io.plimsoll.test.RedisServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop as a process of its own, on servers of its own. */
class ShopCrashIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path data;

    int port;
    int postgresPort;
    int redisPort;
    final List<Process> shops = new ArrayList<>();

    @BeforeEach
    void place() throws IOException {
        port = freePort();
        postgresPort = freePort();
        redisPort = freePort();
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (Process shop : shops) {
            shop.destroyForcibly().waitFor();
        }
        // Attaches to what is left, or starts it, and stops it.
        PostgresServer.durable(data.resolve("postgres"), postgresPort).close();
        RedisServer.at(redisPort).close();
    }

    @Test
    void anOrderSurvivesTheKillOfTheShop() throws Exception {
        Process first = startShop();
        HttpResponse<String> placed = placeOrder();
        assertThat(placed.statusCode()).isEqualTo(201);
        get("/api/v1/products/3");

        // SIGKILL: no shutdown hook runs.
        first.destroyForcibly().waitFor();
        assertThat(answersAt(postgresPort)).isTrue();
        assertThat(answersAt(redisPort)).isTrue();

        Process second = startShop();
        String order = placed.headers().firstValue("Location").orElseThrow();
        assertThat(get(order)).isEqualTo(placed.body());
        // A client that saw no answer asks again: another process must know the key as its own.
        HttpResponse<String> again = placeOrder();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(placed.body());
        assertThat(get("/api/v1/products/1")).contains("\"stock\":998");
        assertThat(get("/api/v1/products/popular")).contains("\"id\":3");
        // The event of the order is kept with it, and counted once: by the shop that was killed, or by this one.
        await().until(() -> get("/api/v1/sales"), "[{\"productId\":1,\"sold\":2}]"::equals);

        // An orderly stop takes the servers along.
        second.destroy();
        second.waitFor();
        assertThat(answersAt(postgresPort)).isFalse();
        assertThat(answersAt(redisPort)).isFalse();
    }

    private HttpResponse<String> placeOrder() throws IOException, InterruptedException {
        return HTTP.send(
                request("/api/v1/orders")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "order-1")
                        .POST(BodyPublishers.ofString(Shop.orderOf(1, 2)))
                        .build(),
                BodyHandlers.ofString());
    }

    private Process startShop() throws IOException {
        Process shop = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShopApplication.class.getName(),
                        "--server.port=" + port,
                        "--shop.data-folder=" + data,
                        "--shop.postgres-port=" + postgresPort,
                        "--shop.redis-port=" + redisPort)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "shop-crash-it.log").toFile()))
                .start();
        shops.add(shop);
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> {
                    assertThat(shop.isAlive()).isTrue();
                    // It answers before it is ready: then with 503.
                    return HTTP.send(request("/actuator/health").build(), BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                });
        return shop;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request(path).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static boolean answersAt(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
