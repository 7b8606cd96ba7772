package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/plimsolloutbox}: what waits, and the dead letters. No key and nothing of a payload is shown; a letter is named
 * by its id.
 */
@Endpoint(id = "plimsolloutbox")
final class OutboxEndpoint {

    private static final int LETTERS = 100;

    private final OutboxState state;
    private final JdbcDeadLetters dead;

    OutboxEndpoint(OutboxState state, JdbcDeadLetters dead) {
        this.state = state;
        this.dead = dead;
    }

    /**
     * A dead letter as it is shown.
     *
     * @param id by which it is replayed or discarded
     */
    record Letter(UUID id, String topic, String type, int version, String reason, Instant occurredAt, Instant diedAt) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(),
                    letter.topic(),
                    letter.type(),
                    letter.version(),
                    letter.reason(),
                    letter.occurredAt(),
                    letter.diedAt());
        }
    }

    /**
     * What there is.
     *
     * @param letters the next hundred
     */
    record View(OutboxState.Figures state, List<Letter> letters) {}

    /**
     * What waits, and some dead letters.
     *
     * @param topic of which topic; of all if it is not given
     * @param after the id of the last letter of the page before
     */
    @ReadOperation
    View view(@Nullable String topic, @Nullable String after) {
        List<Letter> letters = dead.list(topic, after == null ? null : id(after), LETTERS).stream()
                .map(Letter::of)
                .toList();
        return new View(state.figures(), letters);
    }

    /** Delivers all of the key of a letter again, in order. */
    @WriteOperation
    Map<String, Integer> replay(@Selector String letter) {
        return Map.of("replayed", dead.replayKeyOf(id(letter)));
    }

    /** Forgets a letter for good. */
    @DeleteOperation
    Map<String, Integer> discard(@Selector String letter) {
        return Map.of("discarded", dead.discard(List.of(id(letter))));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpointRequestException("\"" + text + "\" is not the id of a dead letter", "not an id");
        }
    }
}
