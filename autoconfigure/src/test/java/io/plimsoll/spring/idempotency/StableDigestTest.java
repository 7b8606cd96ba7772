package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StableDigestTest {

    /** Values that are easily taken for one another: kinds, lengths, separators, halves of surrogate pairs. */
    private static final List<Object> TRICKY = List.of(
            "",
            "a",
            "b",
            "ab",
            "1",
            "true",
            "SECONDS",
            "s\0\0\0\1a",
            "\0",
            "\0\0",
            "?",
            "\uD800",
            "\uDC00",
            "\uD83D\uDE00",
            "\u00e9",
            "e\u0301",
            1,
            11,
            -1,
            BigInteger.TEN.pow(40),
            true,
            false,
            TimeUnit.SECONDS,
            TimeUnit.DAYS,
            new UUID(0, 1),
            "00000000-0000-0000-0000-000000000001",
            LocalDate.EPOCH,
            "1970-01-01",
            Instant.EPOCH,
            Duration.ZERO,
            Period.ZERO,
            ZoneId.of("UTC"),
            List.of());

    /** Twenty thousand sequences of such values, nested at random: equal sums only for equal sequences. */
    @Test
    void noTwoSequencesCollide() {
        Random random = new Random(42);
        Map<String, List<Object>> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            List<Object> sequence = sequence(random, 3);
            StableDigest digest = new StableDigest();
            sequence.forEach(digest::add);
            List<Object> before = seen.putIfAbsent(hex(digest), sequence);
            if (before != null) {
                assertThat(before).isEqualTo(sequence);
            }
        }
        assertThat(seen.size()).isGreaterThan(5_000);
    }

    private static List<Object> sequence(Random random, int depth) {
        List<Object> sequence = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            sequence.add(
                    depth > 0 && random.nextInt(4) == 0
                            ? sequence(random, depth - 1)
                            : TRICKY.get(random.nextInt(TRICKY.size())));
        }
        return sequence;
    }

    @Test
    void integralNumbersOfOneValueAreOne() {
        assertThat(sum(7)).isEqualTo(sum(7L)).isEqualTo(sum((short) 7)).isEqualTo(sum((byte) 7));
        assertThat(sum(7)).isEqualTo(sum(BigInteger.valueOf(7))).isNotEqualTo(sum("7"));
        assertThat(sum('a')).isEqualTo(sum("a"));
    }

    @Test
    void absentIsNotEmpty() {
        assertThat(hex(new StableDigest().addAbsent())).isNotEqualTo(sum("")).isNotEqualTo(sum(List.of()));
        assertThat(hex(new StableDigest().addBytes(new byte[0]))).isNotEqualTo(sum(""));
        assertThat(hex(new StableDigest().addBytes(new byte[] {'a'}))).isNotEqualTo(sum("a"));
    }

    @Test
    void aStreamCountsByItsContent() throws IOException {
        assertThat(stream("x".repeat(20_000))).isEqualTo(stream("x".repeat(20_000)));
        assertThat(stream("x".repeat(20_000))).isNotEqualTo(stream("x".repeat(20_001)));
    }

    /** What is in the tables of running applications: a change here orphans all of their records. */
    @Test
    void theFormIsTheSameInEveryProcessAndVersion() {
        StableDigest digest = new StableDigest()
                .add("key")
                .add(List.of(7L, true, TimeUnit.DAYS))
                .addAbsent();

        assertThat(hex(digest)).isEqualTo("f74ba8f953ddb077fe589e1e71c915d2fe2924f0130f56eb06d6d6212ede76f6");
    }

    @Test
    void whatIsNotStableIsRefused() {
        assertThatThrownBy(() -> sum(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> sum(1.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String stream(String content) throws IOException {
        return hex(new StableDigest().addStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII))));
    }

    private static String sum(Object value) {
        return hex(new StableDigest().add(value));
    }

    private static String hex(StableDigest digest) {
        return HexFormat.of().formatHex(digest.sum());
    }
}
