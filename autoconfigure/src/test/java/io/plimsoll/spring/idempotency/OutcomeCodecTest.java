package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
import io.plimsoll.idempotency.OutcomeNotKeptException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class OutcomeCodecTest {

    private static final IdempotentMethod METHOD = new IdempotentMethod(
            "com.acme.Shop.order",
            "com.acme.Shop.order()",
            "shop",
            null,
            null,
            null,
            Duration.ofHours(1),
            Mode.TRANSACTIONAL,
            Duration.ofSeconds(30),
            OnLost.UNKNOWN,
            null,
            OnDuplicate.REJECT,
            Duration.ZERO);

    private static final RecordId ID = new RecordId(new byte[RecordId.LENGTH]);

    private static final Fingerprint PAYLOAD = Fingerprint.of(new byte[32]);

    record Line(String item, BigDecimal price, @Nullable String note) {}

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(new TypeReference<String>() {}, "Größe\n\"7\""),
                Arguments.of(new TypeReference<Line>() {}, new Line("tea", new BigDecimal("10.00"), null)),
                Arguments.of(
                        new TypeReference<Map<String, List<Line>>>() {},
                        Map.of("a", List.of(new Line("tea", new BigDecimal("1E+3"), "\n")))),
                Arguments.of(new TypeReference<Object>() {}, new BigDecimal("10.00")),
                Arguments.of(new TypeReference<Map<String, Object>>() {}, Map.of("a", new BigDecimal("0.10"))),
                Arguments.of(new TypeReference<Set<String>>() {}, new HashSet<>(List.of("x", "y", "z"))),
                Arguments.of(new TypeReference<byte[]>() {}, new byte[] {0, '\n', -1}),
                Arguments.of(new TypeReference<Optional<String>>() {}, Optional.of("x")),
                Arguments.of(new TypeReference<Optional<String>>() {}, Optional.empty()),
                Arguments.of(
                        new TypeReference<OffsetDateTime>() {}, OffsetDateTime.parse("2026-01-02T03:04:05.6+05:30")),
                Arguments.of(new TypeReference<Double>() {}, 0.1),
                Arguments.of(new TypeReference<Void>() {}, null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatIsWrittenIsReadBack(TypeReference<?> type, @Nullable Object answer) {
        OutcomeCodec codec = codec(type, 1000);

        byte[] outcome = codec.answer(ID, answer, null);

        assertThat(replay(codec, outcome)).isEqualTo(answer);
    }

    @Test
    void theOutcomeNamesNoClass() {
        byte[] outcome =
                codec(new TypeReference<Object>() {}, 1000).answer(ID, new Line("tea", BigDecimal.ONE, null), null);

        assertThat(new String(outcome, StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"ANSWER\"}\n{\"item\":\"tea\",\"price\":1,\"note\":null}");
    }

    @Test
    void statusAndKeptHeadersOfAnEntityComeBack() {
        OutcomeCodec codec = entityCodec();
        ResponseEntity<String> entity = ResponseEntity.status(201)
                .header("ETag", "\"1\"")
                .header("Link", "a", "b")
                .header("Set-Cookie", "secret")
                .body("made");

        byte[] outcome = codec.answer(ID, entity, null);

        assertThat(new String(outcome, StandardCharsets.UTF_8)).doesNotContain("secret");
        assertThat(replay(codec, outcome))
                .isEqualTo(ResponseEntity.status(201)
                        .header("ETag", "\"1\"")
                        .header("Link", "a", "b")
                        .body("made"));
        assertThat(replay(codec, codec.answer(ID, ResponseEntity.noContent().build(), null)))
                .isEqualTo(ResponseEntity.noContent().build());
    }

    @Test
    void anEntityWithoutAStatusComesBackWithoutOne() {
        OutcomeCodec codec = entityCodec();

        Object replayed = replay(codec, codec.answer(ID, new HttpEntity<>("body"), null));

        assertThat(replayed).isEqualTo(new HttpEntity<>("body")).isNotInstanceOf(ResponseEntity.class);
    }

    @Test
    void whatIsLongerThanTheLimitIsNotKept() {
        OutcomeCodec codec = codec(new TypeReference<String>() {}, 100);
        String fits = "x".repeat(100 - "{\"kind\":\"ANSWER\"}\n\"\"".length());

        assertThat(replay(codec, codec.answer(ID, fits, null))).isEqualTo(fits);
        assertThatThrownBy(() -> replay(codec, codec.answer(ID, fits + "x", null)))
                .isInstanceOf(OutcomeNotKeptException.class);
    }

    @Test
    void anAnswerOfAnotherVersionThatCannotBeReadIsNotKept() {
        byte[] outcome = codec(new TypeReference<String>() {}, 1000).answer(ID, "text", null);

        assertThatThrownBy(() -> replay(codec(new TypeReference<Line>() {}, 1000), outcome))
                .isInstanceOf(OutcomeNotKeptException.class);
    }

    @Test
    void aFailureIsNamedAndNotLoaded() {
        byte[] outcome = codec(new TypeReference<String>() {}, 1000).failure(ID, new IllegalStateException("secret"));

        assertThat(new String(outcome, StandardCharsets.UTF_8)).doesNotContain("secret");
        assertThatThrownBy(() -> replay(codec(new TypeReference<String>() {}, 1000), outcome))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("java.lang.IllegalStateException");
    }

    @Test
    void anotherPayloadAndAMissingOutcomeAreRefused() {
        OutcomeCodec codec = codec(new TypeReference<String>() {}, 1000);
        byte[] other = new byte[32];
        other[31] = 1;

        assertThatThrownBy(() -> replay(codec, codec.answer(ID, "x", null), Fingerprint.of(other)))
                .isInstanceOf(KeyReusedException.class);
        assertThatThrownBy(() -> replay(codec, null, PAYLOAD)).isInstanceOf(OutcomeUnknownException.class);
    }

    private static OutcomeCodec codec(TypeReference<?> type, int limit) {
        JsonMapper mapper = new JsonMapper();
        return new OutcomeCodec(
                METHOD,
                ResultShape.PLAIN,
                mapper.constructType(type.getType()),
                RecordedFailures.NONE,
                mapper,
                new OutcomeCodec.Stored(limit, OutcomeEncryption.NONE));
    }

    private static OutcomeCodec entityCodec() {
        JsonMapper mapper = new JsonMapper();
        return new OutcomeCodec(
                METHOD,
                new ResponseEntityShape(Set.of("ETag", "Link")),
                mapper.constructType(String.class),
                RecordedFailures.NONE,
                mapper,
                new OutcomeCodec.Stored(1000, OutcomeEncryption.NONE));
    }

    private static @Nullable Object replay(OutcomeCodec codec, byte[] outcome) {
        return replay(codec, outcome, PAYLOAD);
    }

    private static @Nullable Object replay(OutcomeCodec codec, byte @Nullable [] outcome, Fingerprint stored) {
        Call call = Call.enter(METHOD, new Identity(ID, PAYLOAD), false);
        try {
            return codec.replay(call, new Claim.Recorded(stored, outcome, false));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            call.leave();
        }
    }
}
