package io.plimsoll.spring.idempotency;

import io.plimsoll.spring.idempotency.TestDatabase.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** An application with Spring MVC, on a port and on one of the databases, asked over HTTP. */
final class Server implements AutoCloseable {

    private final Pool pool;
    private final ServletWebServerApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    Server(TestDatabase database, Class<?>... beans) {
        this(database.open(4), Map.of(), beans);
    }

    Server(Pool pool, Map<String, Object> properties, Class<?>... beans) {
        this.pool = pool;
        SpringApplication application = new SpringApplication(Application.class);
        application.addPrimarySources(List.of(beans));
        application.setDefaultProperties(properties);
        application.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("dataSource", DataSource.class, pool::dataSource));
        context = (ServletWebServerApplicationContext) application.run(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                        + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    Pool pool() {
        return pool;
    }

    List<String> effects() {
        return pool.jdbc().queryForList("SELECT name FROM effects", String.class);
    }

    long effects(String name) {
        return effects().stream().filter(name::equals).count();
    }

    /** A POST with a key and a JSON body; more headers by name and value, in turn. */
    Answer post(String path, String key, String json, String... headers) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("Idempotency-Key", key, "Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send("POST", path, json, all.toArray(String[]::new));
    }

    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(String method, String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .method(method, publisher);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    int port() {
        return context.getWebServer().getPort();
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }

    /** What came back. */
    record Answer(HttpResponse<byte[]> http) {

        int status() {
            return http.statusCode();
        }

        byte[] bytes() {
            return http.body();
        }

        String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return String.join(" | ", http.headers().allValues(name));
        }

        /** All headers but those that differ by nature. */
        Map<String, List<String>> kept() {
            Map<String, List<String>> headers = new TreeMap<>(http.headers().map());
            headers.keySet()
                    .removeIf(name -> List.of("date", "idempotency-replayed").contains(name));
            return headers;
        }

        boolean replayed() {
            return header("Idempotency-Replayed").equals("true");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
