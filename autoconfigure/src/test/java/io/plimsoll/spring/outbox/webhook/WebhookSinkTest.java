package io.plimsoll.spring.outbox.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.Answers;
import io.plimsoll.spring.outbox.Cable;
import io.plimsoll.spring.outbox.webhook.Receiver.Request;
import io.plimsoll.test.OutboxSinkContract;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The sink on a real HTTP server, to which a cable leads. */
class WebhookSinkTest extends OutboxSinkContract {

    private final Receiver receiver = new Receiver();
    private final Cable cable = new Cable(receiver.port());
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @BeforeEach
    void start() {
        TestPropertyValues.of(
                        "spring.application.name=shop",
                        "plimsoll.outbox.webhook.url=http://localhost:" + cable.port() + "/events",
                        "plimsoll.outbox.webhook.secret=whsec_"
                                + Base64.getEncoder().encodeToString("hush".getBytes(UTF_8)),
                        "plimsoll.outbox.webhook.timeout=2s")
                .applyTo(context);
        context.register(WebhookSinkAutoConfiguration.class);
        context.refresh();
    }

    @AfterEach
    void stop() {
        context.close();
        cable.close();
        receiver.close();
    }

    @Override
    protected OutboxSink sink() {
        return context.getBean(OutboxSink.class);
    }

    @Override
    protected List<Received> received() {
        return receiver.taken().stream().map(WebhookSinkTest::received).toList();
    }

    private static @Nullable String decoded(@Nullable String value) {
        // The decoder is one of forms, in which a plus is a space.
        return value == null ? null : URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    }

    private static Received received(Request request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, Objects.requireNonNull(decoded(value))));
        assertThat(headers)
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-source", "shop")
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", headers.get("ce-id"));
        return new Received(
                UUID.fromString(headers.get("ce-id")),
                headers.get("ce-partitionkey"),
                Objects.requireNonNull(headers.get("ce-type")),
                Integer.parseInt(headers.get("ce-plimsollversion")),
                Instant.parse(headers.get("ce-time")),
                headers,
                request.body());
    }

    @Override
    protected OutboxMessage unacceptable(OutboxMessage message) {
        receiver.answer = request -> new String(request.body(), UTF_8).contains("unreadable") ? 422 : 200;
        return Answers.withPayload(message, "{\"number\":\"unreadable\"}".getBytes(UTF_8));
    }

    @Override
    protected AutoCloseable outage() {
        return cable.cut();
    }

    @Override
    protected AutoCloseable silence() {
        return cable.block();
    }

    private Answers answersTo(int status) throws Exception {
        receiver.answer = request -> new String(request.body(), UTF_8).equals("\"bad\"") ? status : 200;
        return Answers.of(
                sink(),
                List.of(
                        Answers.message(topic(), "a", "\"good\""),
                        Answers.message(topic(), "b", "\"bad\""),
                        Answers.message(topic(), "b", "\"good\"")));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 408, 425, 500, 502})
    void whatMayGetThroughAnotherTimeHasFailed(int status) throws Exception {
        Answers answers = answersTo(status);

        assertThat(answers.delivered()).hasSize(1);
        assertThat(answers.failed()).hasSize(1);
        assertThat(answers.notSent()).hasSize(1);
        assertThat(answers.reasons()).containsExactly("the receiver answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void whatIsRefusedIsRejected(int status) throws Exception {
        Answers answers = answersTo(status);

        assertThat(answers.rejected()).hasSize(1);
        assertThat(answers.notSent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 503})
    void aReceiverThatTakesNothingFromAnybodyIsUnavailable(int status) throws Exception {
        Answers answers = answersTo(status);

        assertThat(answers.saidUnavailable()).isTrue();
        assertThat(answers.failed()).isEmpty();
        assertThat(answers.notSent()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void nobodyAtThePortIsUnavailable() throws Exception {
        cable.close();

        Answers answers = Answers.of(sink(), List.of(Answers.message(topic(), "a", "{}")));

        assertThat(answers.saidUnavailable()).isTrue();
    }

    /** Computed here once more, by the words of Standard Webhooks. */
    @Test
    void anEventIsSignedAndHasTheEpochOfItsSender() throws Exception {
        OutboxMessage sent = Answers.message(topic(), "a", "{\"total\":1.50}");

        assertThat(Answers.of(sink(), List.of(sent)).delivered()).hasSize(1);

        Map<String, String> headers = receiver.taken().get(0).headers();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("hush".getBytes(UTF_8), "HmacSHA256"));
        String signed = sent.eventId() + "." + headers.get("webhook-timestamp") + ".{\"total\":1.50}";
        assertThat(headers)
                .containsEntry(
                        "webhook-signature",
                        "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))))
                .containsEntry("plimsoll-epoch", "1");
        assertThat(Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void sixteenKeysAreUnderWayAtOnceAndNoMore() throws Exception {
        CountDownLatch sixteen = new CountDownLatch(16);
        receiver.answer = request -> {
            sixteen.countDown();
            try {
                sixteen.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 200;
        };
        List<OutboxMessage> sent = IntStream.range(0, 100)
                .mapToObj(i -> Answers.message(topic(), "key-" + i % 50, "{}"))
                .toList();

        assertThat(Answers.of(sink(), sent).delivered()).hasSize(100);

        assertThat(receiver.mostAtOnce()).isEqualTo(16);
    }

    @Test
    void aHeaderThatHttpForbidsIsRejectedAndOneOfOursIsOurs() throws Exception {
        OutboxMessage plain = Answers.message(topic(), "a", "{}");
        OutboxMessage forbidden = withHeaders(plain, Map.of("Host", "elsewhere"));
        OutboxMessage impostor = withHeaders(
                Answers.message(topic(), "b", "{}"), Map.of("CE-Id", "1", "webhook-signature", "v1,not-ours"));

        Answers answers = Answers.of(sink(), List.of(forbidden, impostor));

        assertThat(answers.rejected()).containsExactly(forbidden);
        assertThat(answers.delivered()).containsExactly(impostor);
        Map<String, String> headers = receiver.taken().get(0).headers();
        assertThat(headers).containsEntry("ce-id", impostor.eventId().toString());
        assertThat(headers.get("webhook-signature")).doesNotContain("v1,not-ours");
    }

    private static OutboxMessage withHeaders(OutboxMessage message, Map<String, String> headers) {
        return new OutboxMessage(
                message.bucket(),
                message.id(),
                message.epoch(),
                message.eventId(),
                message.topic(),
                message.key(),
                message.type(),
                message.version(),
                headers,
                message.payload(),
                message.occurredAt());
    }
}
