package io.plimsoll.spring.outbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.Cable;
import io.plimsoll.test.OutboxSinkContract;
import io.plimsoll.test.RedisServer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/** The sink on a real server, to which a cable leads. */
class RedisSinkTest extends OutboxSinkContract {

    private static final Cable CABLE = new Cable(RedisServer.shared().port());

    private static LettuceConnectionFactory direct;
    private static AnnotationConfigApplicationContext context;

    @BeforeAll
    static void start() {
        direct = new LettuceConnectionFactory(
                RedisServer.shared().host(), RedisServer.shared().port());
        direct.start();
        context = context("plimsoll.outbox.redis.timeout=3s");
    }

    private static AnnotationConfigApplicationContext context(String... properties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(
                        "spring.application.name=shop",
                        "spring.data.redis.host=localhost",
                        "spring.data.redis.port=" + CABLE.port(),
                        "plimsoll.outbox.redis.enabled=true")
                .and(properties)
                .applyTo(context);
        context.register(DataRedisAutoConfiguration.class, RedisSinkAutoConfiguration.class);
        context.refresh();
        return context;
    }

    @AfterAll
    static void stop() {
        context.close();
        direct.stop();
        CABLE.close();
    }

    @Override
    protected OutboxSink sink() {
        return context.getBean(OutboxSink.class);
    }

    @Override
    protected List<Received> received() {
        RedisTemplate<String, byte[]> redis = new RedisTemplate<>();
        redis.setConnectionFactory(direct);
        redis.setKeySerializer(RedisSerializer.string());
        redis.setHashKeySerializer(RedisSerializer.string());
        redis.setHashValueSerializer(RedisSerializer.byteArray());
        redis.afterPropertiesSet();
        List<MapRecord<String, String, byte[]>> entries =
                Objects.requireNonNull(redis.<String, byte[]>opsForStream().range(topic(), Range.unbounded()));
        return entries.stream().map(RedisSinkTest::received).toList();
    }

    private static Received received(MapRecord<String, String, byte[]> entry) {
        Map<String, String> fields = new HashMap<>();
        entry.getValue().forEach((name, value) -> fields.put(name, new String(value, UTF_8)));
        assertThat(fields).containsEntry("source", "shop");
        return new Received(
                UUID.fromString(fields.get("id")),
                fields.get("key"),
                Objects.requireNonNull(fields.get("type")),
                Integer.parseInt(fields.get("version")),
                Instant.parse(fields.get("time")),
                fields,
                Objects.requireNonNull(entry.getValue().get("payload")));
    }

    @Override
    protected AutoCloseable outage() {
        return CABLE.cut();
    }

    @Override
    protected AutoCloseable silence() {
        return CABLE.block();
    }

    /** What waits for a connection in the client must not come on its own once there is one. */
    @Test
    void nothingThatWasGivenUpIsSentOnceTheServerIsBack() throws Exception {
        OutboxMessage first = Answers.message(topic(), "key", "{}");
        assertThat(Answers.of(sink(), List.of(first)).delivered()).containsExactly(first);
        OutboxMessage second = Answers.message(topic(), "key", "{}");
        AutoCloseable outage = CABLE.cut();
        Answers down = Answers.of(sink(), List.of(second));
        outage.close();

        assertThat(down.saidUnavailable()).isTrue();
        Answers up = Answers.of(sink(), List.of(second));
        while (up.delivered().isEmpty()) {
            up = Answers.of(sink(), List.of(second));
        }
        assertThat(received()).extracting(Received::eventId).containsExactly(first.eventId(), second.eventId());
    }

    @Test
    void aStreamThatIsNoneFailsAndHoldsUpNoOther() throws Exception {
        new StringRedisTemplate(direct).opsForValue().set("no-" + topic(), "a text");
        List<OutboxMessage> sent = List.of(
                Answers.message("no-" + topic(), "a", "{}"),
                Answers.message(topic(), "a", "{}"),
                Answers.message("no-" + topic(), "b", "{}"),
                Answers.message("no-" + topic(), "a", "{}"));

        Answers answers = Answers.of(sink(), sent);

        assertThat(answers.delivered()).containsExactly(sent.get(1));
        assertThat(answers.failed()).containsExactly(sent.get(0), sent.get(2));
        assertThat(answers.notSent()).containsExactly(sent.get(3));
    }

    @Test
    void aStreamIsKeptAsShortAsItIsToBe() throws Exception {
        try (AnnotationConfigApplicationContext shortened = context("plimsoll.outbox.redis.max-length=200")) {
            List<OutboxMessage> sent = IntStream.range(0, 1_000)
                    .mapToObj(i -> Answers.message(topic(), "key", "{}"))
                    .toList();

            assertThat(Answers.of(shortened.getBean(OutboxSink.class), sent).delivered())
                    .hasSize(1_000);

            assertThat(received()).hasSizeBetween(200, 400);
        }
    }
}
