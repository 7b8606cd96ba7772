package io.plimsoll.spring.idempotency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first line of a stored outcome: all of it but the body.
 *
 * @param entity of a {@code ResponseEntity}
 * @param response what the method set on its response by hand
 * @param failure the class of what the method threw, for people: it is never loaded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OutcomeHead(
        Kind kind,
        @Nullable ResponseHead entity,
        @Nullable ResponseHead response,
        @Nullable String failure) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What most outcomes begin with. */
    private static final byte[] PLAIN_ANSWER = MAPPER.writeValueAsBytes(new OutcomeHead(Kind.ANSWER, null, null, null));

    /** How a call ended. */
    enum Kind {

        /** With a body, which follows. */
        ANSWER,

        /** With an answer that has no body. */
        EMPTY,

        /** With null, or without a result. */
        NULL,

        /** With a failure that committed. */
        FAILURE,

        /** With an answer that could not be kept. */
        NOT_KEPT
    }

    byte[] followedBy(byte @Nullable [] body) {
        boolean plain = kind == Kind.ANSWER && entity == null && response == null;
        byte[] line = plain ? PLAIN_ANSWER : MAPPER.writeValueAsBytes(this);
        int length = body == null ? 0 : body.length;
        byte[] outcome = Arrays.copyOf(line, line.length + 1 + length);
        outcome[line.length] = '\n';
        if (body != null) {
            System.arraycopy(body, 0, outcome, line.length + 1, length);
        }
        return outcome;
    }

    static OutcomeHead of(byte[] outcome) {
        return MAPPER.readValue(outcome, 0, endOfLine(outcome), OutcomeHead.class);
    }

    static byte[] bodyOf(byte[] outcome) {
        return Arrays.copyOfRange(outcome, endOfLine(outcome) + 1, outcome.length);
    }

    /** JSON has no raw line feed, so the first one ends the head. */
    private static int endOfLine(byte[] outcome) {
        for (int i = 0; i < outcome.length; i++) {
            if (outcome[i] == '\n') {
                return i;
            }
        }
        throw new IllegalStateException("A stored outcome has no head.");
    }
}
