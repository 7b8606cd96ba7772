package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.spring.idempotency.Answers.Row;
import io.plimsoll.spring.idempotency.Server.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** The second answer is the first one, byte by byte, over real HTTP. */
class ReplayTest {

    private static final Map<Where, Server> SERVERS = new EnumMap<>(Where.class);

    /** Where and how the answer is kept. */
    enum Where {
        POSTGRESQL(TestDatabase.POSTGRESQL),
        H2(TestDatabase.H2),
        LEASE_ON_POSTGRESQL(TestDatabase.POSTGRESQL, "plimsoll.idempotency.mode=lease"),
        LEASE_ON_REDIS(
                TestDatabase.H2,
                Stream.concat(Stream.of("plimsoll.idempotency.mode=lease"), Stream.of(LeaseStore.REDIS.properties()))
                        .toArray(String[]::new));

        private final TestDatabase database;
        private final String[] properties;

        Where(TestDatabase database, String... properties) {
            this.database = database;
            this.properties = properties;
        }

        Server server() {
            return SERVERS.computeIfAbsent(
                    this,
                    where -> new Server(
                            database.open(4),
                            Stream.of(properties)
                                    .map(each -> each.split("=", 2))
                                    .collect(Collectors.toMap(each -> each[0], each -> each[1])),
                            Answers.class,
                            CsvConverter.class));
        }
    }

    @AfterAll
    static void close() {
        SERVERS.values().forEach(Server::close);
        SERVERS.clear();
    }

    /** Path, status, and a pattern for the body, which shows that the first answer is what the handler meant. */
    static Stream<Arguments> goldens() {
        String receipt = "(?s)\\{\"id\":\"[-0-9a-f]+\",\"price\":10\\.00,\"big\":9223372036854775807,\"bigger\":10{30},"
                + "\"text\":\".*\",\"at\":\".*Z\",\"day\":\"....-..-..\",\"offset\":\".*\",\"took\":\"PT.*S\","
                + "\"note\":\"fragile\",\"absent\":null,\"colours\":\\[\"RED\",\"GREEN\"]}";
        Object[][] rows = {
            {"/record", 200, receipt},
            {"/list", 200, "\\[" + receipt + "]"},
            {"/map", 200, "\\{\"one\":" + receipt + "}"},
            {"/generic-record", 200, "\\{\"items\":\\[" + receipt + "],\"total\":1}"},
            {"/nested-generics", 200, "\\{\"page\":\\{\"items\":\\[\\[" + receipt + "]],\"total\":1}}"},
            {
                "/untyped",
                200,
                "\\{\"run\":\"\\d+\",\"price\":10.00,\"exact\":0.12345678901234567890123,\"ratio\":0.25,"
                        + "\"lines\":\\[\\{\"quantity\":3}]}"
            },
            {"/void", 200, ""},
            {"/no-content", 204, ""},
            {"/null", 200, ""},
            {"/optional", 200, receipt},
            {"/optional-empty", 200, "(null)?"},
            {"/created", 201, receipt},
            {"/entity-list", 200, "\\[" + receipt + "]"},
            {"/entity-wildcard", 202, "\\{.*10\\.00.*}"},
            {"/entity-void", 204, ""},
            {"/http-entity", 200, receipt},
            {"/problem", 422, "\\{.*sold out.*\"run\":\"\\d+\".*}"},
            {"/entity-problem", 409, "\\{.*sold out.*\"run\":\"\\d+\".*}"},
            {"/bytes", 200, "(?s)\\d+\0.*"},
            {"/entity-bytes", 200, "(?s)%PDF.*"},
            {"/text", 200, "Größe \\d+"},
            {"/price", 200, "\\d+\\.00"},
            {"/status", 201, receipt},
            {"/by-hand", 202, "\\{\"items\":\\[\"\\d+\"],\"total\":1}"},
            {"/type-by-hand", 200, "run;\\d+"},
            {"/csv", 200, "\\d+;2"}
        };
        return Stream.of(Where.values())
                .flatMap(where -> Stream.of(rows).map(row -> Arguments.of(where, row[0], row[1], row[2])));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("goldens")
    void theSecondAnswerIsTheFirst(Where where, String path, int status, String body) throws Exception {
        Server server = where.server();

        Answer first = server.post(path, "key of " + path, "");
        Answer second = server.post(path, "key of " + path, "");

        assertThat(first.status()).isEqualTo(status);
        assertThat(first.text()).matches(body);
        assertThat(first.http().headers().firstValue("Idempotency-Replayed")).isEmpty();

        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.status()).isEqualTo(status);
        assertThat(second.bytes()).isEqualTo(first.bytes());
        assertThat(second.kept()).isEqualTo(first.kept());
        assertThat(server.effects("key of " + path)).isEqualTo(1);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("/created", "Location", "/receipts/.+"),
                Arguments.of("/created", "ETag", "\".+\""),
                Arguments.of("/created", "Cache-Control", "max-age=60"),
                Arguments.of("/entity-void", "Location", "/\\d+"),
                Arguments.of("/http-entity", "ETag", "\"\\d+\""),
                Arguments.of("/problem", "Content-Type", "application/problem\\+json"),
                Arguments.of("/entity-bytes", "Content-Type", "application/pdf"),
                Arguments.of("/entity-bytes", "Content-Disposition", "attachment; filename=\"\\d+.pdf\""),
                Arguments.of("/by-hand", "Location", "/jobs/\\d+"),
                Arguments.of("/by-hand", "Link", "</jobs>; rel=\"up\" \\| </jobs/\\d+>; rel=\"self\""),
                Arguments.of("/type-by-hand", "Content-Type", "text/csv;charset=UTF-8"),
                Arguments.of("/csv", "Content-Type", "text/csv"));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("headers")
    void headersThatAreKept(String path, String name, String value) throws Exception {
        Server server = Where.H2.server();

        server.post(path, "headers of " + path, "");
        Answer second = server.post(path, "headers of " + path, "");

        assertThat(second.replayed()).isTrue();
        assertThat(second.header(name)).matches(value);
    }

    /** A media type of the application's own. */
    static class CsvConverter extends AbstractHttpMessageConverter<Row> {

        CsvConverter() {
            super(new MediaType("text", "csv"));
        }

        @Override
        protected boolean supports(Class<?> type) {
            return type == Row.class;
        }

        @Override
        protected Row readInternal(Class<? extends Row> type, HttpInputMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void writeInternal(Row row, HttpOutputMessage message) throws IOException {
            message.getBody().write((row.run() + ";" + row.total()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
