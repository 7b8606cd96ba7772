package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.Server.Answer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes two requests with one key the same request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestPayloadTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=";

    private final AtomicInteger keys = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @BeforeAll
    void start() {
        server = new Server(
                TestDatabase.POSTGRESQL.open(4),
                Map.of("plimsoll.idempotency.max-request-size", "1KB"),
                Shop.class,
                Shop.Door.class);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantity\":1.50,\"item\":\"tea\"}",
                "{\"item\":\"tea\",\"quantity\":1.500}",
                " {\n\t\"item\" : \"tea\" , \"quantity\" : 15e-1 } ",
                "{\"item\":\"t\\u0065a\",\"quantity\":1.5}"
            })
    void anotherSpellingOfTheSameJsonIsAReplay(String spelling) throws Exception {
        assertReplay("/orders", JSON, "{\"item\":\"tea\",\"quantity\":1.50}", spelling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":\"Tea\",\"quantity\":1.50}",
                "{\"item\":\"tea\",\"quantity\":1.51}",
                "{\"item\":\"tea\",\"quantity\":\"1.50\"}",
                "{\"item\":\"tea\"}",
                "{\"item\":\"tea\",\"quantity\":1.50,\"gift\":true}",
                "{\"item\":\"tea\",\"quantity\":1.50,\"gift\":null}",
                "{\"item\":\"tea\",\"quantity\":1.50,\"quantity\":1.50}",
                "{\"item\":\"coffee\",\"item\":\"tea\",\"quantity\":1.50}"
            })
    void otherJsonIsRefused(String other) throws Exception {
        assertReused("/orders", JSON, "{\"item\":\"tea\",\"quantity\":1.50}", other);
    }

    @Test
    void aMemberTwiceIsComparedAsItIs() throws Exception {
        String twice = "{\"item\":\"tea\",\"item\":\"coffee\"}";
        assertReplay("/orders", JSON, twice, twice);
        assertReused("/orders", JSON, twice, "{\"item\":\"coffee\",\"item\":\"tea\"}");
    }

    @Test
    void theQueryCounts() throws Exception {
        String key = key();
        server.post("/orders?a=1", key, "{}");

        assertThat(server.post("/orders?a=1", key, "{}").replayed()).isTrue();
        assertProblem(server.post("/orders?a=2", key, "{}"), 409, "idempotency_key_reused");
        assertProblem(server.post("/orders", key, "{}"), 409, "idempotency_key_reused");
    }

    @Test
    void thePathCounts() throws Exception {
        String key = key();
        server.post("/shops/1/orders", key, "{}");

        assertThat(server.post("/shops/1/orders", key, "{}").replayed()).isTrue();
        assertProblem(server.post("/shops/2/orders", key, "{}"), 409, "idempotency_key_reused");
    }

    /** The route is part of the record's identity: a key is one per route, as a client library would use it. */
    @Test
    void anotherRouteOrMethodIsAnotherCall() throws Exception {
        String key = key();
        Answer posted = server.post("/orders", key, "{}");

        Answer put = server.send("PUT", "/orders", "{}", "Idempotency-Key", key, "Content-Type", JSON);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.text()).isNotEqualTo(posted.text());
    }

    @Test
    void whatIsNoJsonRunsNothingAndTheKeyStaysFree() throws Exception {
        String key = key();
        assertThat(server.post("/orders", key, "{\"item\":").status()).isEqualTo(400);

        assertThat(server.post("/orders", key, "{\"item\":\"tea\"}").replayed()).isFalse();
    }

    /** Jackson itself throws something else than its own exceptions at such a number. */
    @Test
    void aNumberBeyondAllLimitsIsTheClientsMistakeOnly() throws Exception {
        assertReplay("/text", JSON, "[1e99999999999]", "[1e99999999999]");
        assertReused("/text", JSON, "[1e99999999999]", "[1e99999999998]");
    }

    @Test
    void textIsComparedByItsBytes() throws Exception {
        assertReplay("/text", "text/plain", "1.0", "1.0");
        assertReused("/text", "text/plain", "1.0", "1.00");
        assertReplay("/text", JSON, "{\"a\": 1}", "{\"a\":1.0}");
    }

    @ParameterizedTest
    @CsvSource({"POST,/form", "PUT,/form", "POST,/form-body"})
    void formsAreCompared(String method, String path) throws Exception {
        String key = key();
        Answer first = form(method, path, key, "item=tea&size=2");
        assertThat(first.status()).isEqualTo(200);

        assertThat(form(method, path, key, "item=tea&size=2").replayed()).isTrue();
        assertProblem(form(method, path, key, "item=tea&size=3"), 409, "idempotency_key_reused");
        assertProblem(form(method, path, key, "item=coffee&size=2"), 409, "idempotency_key_reused");
        assertProblem(form(method, path, key, "item=tea&size=2&gift=1"), 409, "idempotency_key_reused");
    }

    private Answer form(String method, String path, String key, String body) throws Exception {
        return server.send(method, path, body, "Idempotency-Key", key, "Content-Type", FORM);
    }

    @Test
    void uploadsAreCompared() throws Exception {
        String key = key();
        String first = upload(key, "/upload", part("file", "a.txt", "hello")).text();

        assertThat(upload(key, "/upload", part("file", "a.txt", "hello")).text())
                .isEqualTo(first);
        assertProblem(upload(key, "/upload", part("file", "a.txt", "Hello")), 409, "idempotency_key_reused");
        assertProblem(upload(key, "/upload", part("file", "b.txt", "hello")), 409, "idempotency_key_reused");
        assertProblem(
                upload(key, "/upload", part("file", "a.txt", "hello"), part("more", "a.txt", "")),
                409,
                "idempotency_key_reused");
    }

    /** Each part counts, though Spring reads one as a body and hands the other over as a file. */
    @Test
    void aFileBesidesAJsonPartIsCompared() throws Exception {
        String key = key();
        String order = json("order", "{\"item\":\"tea\"}");
        String path = "/upload-with-order";
        Answer first = upload(key, path, order, part("file", "a.txt", "hello"));
        assertThat(first.status()).isEqualTo(200);

        assertThat(upload(key, path, order, part("file", "a.txt", "hello")).text())
                .isEqualTo(first.text());
        assertProblem(upload(key, path, order, part("file", "a.txt", "Hello")), 409, "idempotency_key_reused");
        assertProblem(
                upload(key, path, json("order", "{\"item\":\"milk\"}"), part("file", "a.txt", "hello")),
                409,
                "idempotency_key_reused");
    }

    /** Each upload has a boundary of its own, as clients choose one at random. */
    private Answer upload(String key, String path, String... parts) throws Exception {
        String boundary = "boundary" + keys.incrementAndGet();
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        body.append("--").append(boundary).append("--\r\n");
        return server.send("POST", path, body.toString(), "Idempotency-Key", key, "Content-Type", MULTIPART + boundary);
    }

    private static String part(String name, String file, String content) {
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file + "\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content;
    }

    private static String json(String name, String content) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: application/json\r\n\r\n"
                + content;
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        String key = key();
        String order = "{\"item\":\"%s\"}";
        assertThat(server.post("/orders", key(), order.formatted("x".repeat(1024 - 11)))
                        .status())
                .isEqualTo(200);

        Answer tooLong = server.post("/orders", key, order.formatted("x".repeat(1024 - 10)));

        assertProblem(tooLong, 413, "idempotency_request_too_large");
        assertThat(server.post("/orders", key, order.formatted("tea")).replayed())
                .isFalse();
    }

    @Test
    void anExpressionSaysWhatIsCompared() throws Exception {
        assertReplay("/by-item", JSON, "{\"item\":\"tea\",\"quantity\":1}", "{\"item\":\"tea\",\"quantity\":2}");
        assertReused("/by-item", JSON, "{\"item\":\"tea\",\"quantity\":1}", "{\"item\":\"milk\",\"quantity\":1}");
    }

    @Test
    void aBodyThatNoParameterTakesIsComparedToo() throws Exception {
        assertReplay("/nothing", JSON, "{\"a\":1, \"b\":2}", "{\"b\":2,\"a\":1.0}");
        assertReused("/nothing", JSON, "{\"a\":1}", "{\"a\":2}");
        assertProblem(
                server.post("/nothing", key(), "[\"" + "x".repeat(1024) + "\"]"), 413, "idempotency_request_too_large");
    }

    /** A body that the handler may want to read cannot be compared; the developer is told, the client is not. */
    @Test
    void aBodyThatTheHandlerMayReadByItselfIsNotExecuted() throws Exception {
        assertThat(server.send("POST", "/by-itself", "", "Idempotency-Key", key())
                        .status())
                .isEqualTo(200);
        long before = server.effects().size();

        Answer answer = server.post("/by-itself", key(), "{}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(server.effects()).hasSize((int) before);
    }

    private void assertReplay(String path, String type, String body, String again) throws Exception {
        String key = key();
        Answer first = server.send("POST", path, body, "Idempotency-Key", key, "Content-Type", type);
        assertThat(first.status()).isEqualTo(200);

        Answer second = server.send("POST", path, again, "Idempotency-Key", key, "Content-Type", type);

        assertThat(second.replayed()).isTrue();
        assertThat(second.text()).isEqualTo(first.text());
    }

    private void assertReused(String path, String type, String body, String other) throws Exception {
        String key = key();
        Answer first = server.send("POST", path, body, "Idempotency-Key", key, "Content-Type", type);
        assertThat(first.status()).isEqualTo(200);
        long effects = server.effects().size();

        Answer second = server.send("POST", path, other, "Idempotency-Key", key, "Content-Type", type);

        assertProblem(second, 409, "idempotency_key_reused");
        assertThat(second.text()).doesNotContain(key, "tea");
        assertThat(server.effects()).hasSize((int) effects);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"").doesNotContain("io.plimsoll", "Exception");
    }

    private String key() {
        return "key number " + keys.incrementAndGet();
    }
}
