package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.idempotency.Server.Answer;
import io.plimsoll.timeout.Timeout;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** An answer that cannot be kept is given once. The work is done, so it is not done again. */
@ExtendWith(OutputCaptureExtension.class)
class AnswerNotKeptTest {

    private static @Nullable Server shared;

    @BeforeAll
    static void start() {
        Map<String, Object> limit = Map.of("plimsoll.idempotency.max-outcome-size", "10KB");
        shared = new Server(TestDatabase.POSTGRESQL.open(4), limit, Handlers.class);
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/too-large",
                "/not-serialisable",
                "/not-readable",
                "/loses-something",
                "/subtype",
                "/file",
                "/refuses-itself"
            })
    void itIsGivenOnceAndThenRefused(String path, CapturedOutput output) throws Exception {
        Server server = Objects.requireNonNull(shared);
        String key = "key of " + path;

        Answer first = server.post(path, key, "");
        Answer second = server.post(path, key, "");

        // What Spring itself cannot write fails then and there, but after the commit.
        assertThat(first.status()).isEqualTo(path.equals("/not-serialisable") ? 500 : 200);
        assertThat(first.replayed()).isFalse();
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(second.text()).contains("\"code\":\"idempotency_outcome_not_kept\"");
        assertThat(server.effects(key)).isEqualTo(1);
        assertThat(output.getOut()).contains("was not kept: ").doesNotContain(key, "4111-1111");
    }

    @RestController
    @Timeout("20s")
    static class Handlers {

        private final JdbcTemplate jdbc;

        Handlers(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        private void effect(String key) {
            jdbc.update("INSERT INTO effects (name) VALUES (?)", key);
        }

        @Idempotent
        @PostMapping("/too-large")
        public String tooLarge(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return "x".repeat(20_000);
        }

        @Idempotent
        @PostMapping("/not-serialisable")
        public Circle notSerialisable(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new Circle();
        }

        @Idempotent
        @PostMapping("/not-readable")
        public NoWayIn notReadable(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new NoWayIn(7, 8);
        }

        @Idempotent
        @PostMapping("/loses-something")
        public HalfReadable losesSomething(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new HalfReadable();
        }

        @Idempotent
        @PostMapping("/subtype")
        public Animal subtype(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new Dog("Rex", 4);
        }

        @Idempotent
        @PostMapping("/refuses-itself")
        public Card refusesItself(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new Card("4111-1111", false);
        }

        @Idempotent
        @PostMapping("/file")
        @SuppressWarnings("plimsoll:UnreplayableResult")
        public Resource file(@RequestHeader("Idempotency-Key") String key) {
            effect(key);
            return new ByteArrayResource(new byte[] {1, 2, 3});
        }
    }

    /** Contains itself. */
    static class Circle {

        public Circle getSelf() {
            return this;
        }
    }

    /** Is written in a form that it does not take, and says so with the value. */
    static class Card {

        @JsonValue
        public final String number;

        private Card(String number, boolean checked) {
            this.number = number;
        }

        @JsonCreator
        static Card of(String number) {
            throw new IllegalArgumentException("not masked: " + number);
        }
    }

    /** Two arguments, and no names that Jackson would know of. */
    static class NoWayIn {

        private final int sum;

        NoWayIn(int a, int b) {
            sum = a + b;
        }

        public int getSum() {
            return sum;
        }
    }

    /** Comes back without the random part. */
    static class HalfReadable {

        public int getRandom() {
            return (int) (System.nanoTime() & 0xffff);
        }
    }

    static class Animal {

        public String name = "";
    }

    static class Dog extends Animal {

        public int legs;

        Dog(String name, int legs) {
            this.name = name;
            this.legs = legs;
        }
    }
}
