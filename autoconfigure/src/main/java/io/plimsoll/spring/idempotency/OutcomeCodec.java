package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallFailedException;
import io.plimsoll.idempotency.KeyReusedException;
import io.plimsoll.idempotency.OutcomeNotKeptException;
import io.plimsoll.idempotency.OutcomeUnknownException;
import io.plimsoll.idempotency.store.RecordId;
import io.plimsoll.spring.idempotency.OutcomeHead.Kind;
import java.util.Arrays;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the outcome of a call as bytes and reads it back: one line of {@link OutcomeHead}, then the body as the
 * application's own JSON. The type comes from the method's signature, never from what is stored. Thread-safe.
 *
 * <p>An answer is read back before it is recorded: one that does not survive the way is found at the first call, and not
 * by a client whose retry fails.
 */
final class OutcomeCodec {

    private static final Log log = LogFactory.getLog(OutcomeCodec.class);

    private final IdempotentMethod method;
    private final ResultShape shape;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final JsonMapper mapper;
    private final RecordedFailures failures;
    private final Stored stored;

    /** How outcomes are kept, whatever method they are of. */
    record Stored(int limit, OutcomeEncryption encryption) {}

    OutcomeCodec(
            IdempotentMethod method,
            ResultShape shape,
            JavaType bodyType,
            RecordedFailures failures,
            JsonMapper mapper,
            Stored stored) {
        this.method = method;
        this.shape = shape;
        this.writer = bodyType.isContainerType() ? mapper.writerFor(bodyType) : mapper.writer();
        this.reader = exact(mapper.readerFor(bodyType));
        this.mapper = mapper;
        this.failures = failures;
        this.stored = stored;
    }

    /** What is read as what was written: no offset becomes UTC, no number without a type of its own loses a digit. */
    private static ObjectReader exact(ObjectReader reader) {
        return reader.without(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * Whether an answer says that the call should be made again - 401, 403, 429, 5xx - and so must not be the answer to
     * every retry.
     */
    boolean asksToComeAgain(@Nullable Object result, @Nullable ResponseHead response) {
        return asksToComeAgain(status(result, response));
    }

    /** Whether an answer says that somebody behind did not answer, or not whole: 502, 504. */
    boolean saysNobodyKnows(@Nullable Object result, @Nullable ResponseHead response) {
        return CutOff.saysNobodyKnows(status(result, response));
    }

    private int status(@Nullable Object result, @Nullable ResponseHead response) {
        int status = result == null ? ResultShape.NO_STATUS : shape.status(result);
        return status == ResultShape.NO_STATUS && response != null ? response.status() : status;
    }

    static boolean asksToComeAgain(int status) {
        return status == 401 || status == 403 || status == 429 || status >= 500;
    }

    /**
     * The outcome of a call that has returned. An answer that cannot be kept leaves an outcome that says so: the work is
     * done, and failing it now would not help the client.
     */
    byte[] answer(RecordId id, @Nullable Object result, @Nullable ResponseHead response) {
        return encrypted(id, plainAnswer(result, response));
    }

    private byte[] encrypted(RecordId id, byte[] outcome) {
        try {
            return stored.encryption().encrypt(outcome, id.bytes());
        } catch (RuntimeException e) {
            // As it is: what cannot be decrypted counts as not kept.
            return notKept("it could not be encrypted: " + e.getClass().getName());
        }
    }

    private byte[] plainAnswer(@Nullable Object result, @Nullable ResponseHead response) {
        if (result == null) {
            return new OutcomeHead(Kind.NULL, null, response, null).followedBy(null);
        }
        Object body = shape.body(result);
        Kind kind = body == null ? Kind.EMPTY : Kind.ANSWER;
        byte[] outcome;
        try {
            byte[] json = body == null ? null : json(body);
            outcome = new OutcomeHead(kind, shape.head(result), response, null).followedBy(json);
        } catch (JacksonException e) {
            return notKept("it cannot be written as JSON and read back: " + reason(e));
        }
        return outcome.length <= stored.limit() ? outcome : notKept("it is longer than " + stored.limit() + " bytes");
    }

    private byte[] json(Object body) {
        byte[] json = writer.writeValueAsBytes(body);
        byte[] again = writer.writeValueAsBytes(reader.readValue(json));
        if (!Arrays.equals(json, again) && !SameContent.of(json, again)) {
            throw new Unfaithful();
        }
        return json;
    }

    /** Where the words of Jackson may quote the answer, only the name and the type of the trouble: this is logged. */
    private static String reason(JacksonException e) {
        if (e instanceof Unfaithful || e instanceof InvalidDefinitionException) {
            return e.getOriginalMessage();
        }
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return e.getClass().getSimpleName() + (target == null ? "" : " for " + target.getName());
    }

    private byte[] notKept(String why) {
        log.warn("The answer of " + method.name() + " was not kept: " + why + ". Calls that repeat it will be refused"
                + " (idempotency_outcome_not_kept), not executed.");
        return new OutcomeHead(Kind.NOT_KEPT, null, null, null).followedBy(null);
    }

    /** The outcome of a call that has failed and commits nevertheless. */
    byte[] failure(RecordId id, Throwable failure) {
        byte[] recorded = recordedFailure(id, failure);
        return recorded != null ? recorded : failure(id, failure, null);
    }

    /**
     * The outcome of a call whose failure is its answer.
     *
     * @return null if it is not
     */
    byte @Nullable [] recordedFailure(RecordId id, Throwable failure) {
        try {
            JsonNode kept = failures.write(failure, mapper);
            return kept == null ? null : failure(id, failure, mapper.writeValueAsBytes(kept));
        } catch (JacksonException e) {
            return notKept(
                    "the problem of " + failure.getClass().getName() + " cannot be written as JSON: " + reason(e));
        }
    }

    private byte[] failure(RecordId id, Throwable failure, byte @Nullable [] kept) {
        OutcomeHead head =
                new OutcomeHead(Kind.FAILURE, null, null, failure.getClass().getName());
        return encrypted(id, head.followedBy(kept));
    }

    /**
     * Answers a call with what an earlier one has left.
     *
     * @throws io.plimsoll.idempotency.IdempotencyException if that was no answer, or one to another payload
     */
    @Nullable
    Object replay(Call call, Claim.Recorded recorded) throws Throwable {
        if (call.identity().fingerprint().differsFrom(recorded.fingerprint())) {
            throw new KeyReusedException(method.name());
        }
        if (recorded.outcome() == null) {
            throw new OutcomeUnknownException(method.name());
        }
        byte[] outcome = decrypted(call.identity().id(), recorded.outcome());
        OutcomeHead head = head(outcome);
        Object result =
                switch (head.kind()) {
                    case NULL -> null;
                    case EMPTY -> shape.compose(head.entity(), null);
                    case ANSWER -> shape.compose(head.entity(), body(OutcomeHead.bodyOf(outcome)));
                    case FAILURE -> throw failure(call, String.valueOf(head.failure()), OutcomeHead.bodyOf(outcome));
                    case NOT_KEPT -> throw new OutcomeNotKeptException(method.name());
                };
        call.replayed(head.response());
        return result;
    }

    private OutcomeHead head(byte[] outcome) {
        try {
            return OutcomeHead.of(outcome);
        } catch (JacksonException | IllegalStateException e) {
            log.warn("A recorded answer of " + method.name()
                    + " is none that this version can read; it may be encrypted");
            throw new OutcomeNotKeptException(method.name());
        }
    }

    private byte[] decrypted(RecordId id, byte[] outcome) {
        try {
            return stored.encryption().decrypt(outcome, id.bytes());
        } catch (RuntimeException e) {
            log.warn("A recorded answer of " + method.name() + " could not be decrypted", e);
            throw new OutcomeNotKeptException(method.name());
        }
    }

    private Throwable failure(Call call, String type, byte[] kept) {
        Throwable failure = kept.length == 0 ? null : failures.read(type, mapper.readTree(kept), mapper);
        if (failure == null) {
            return new CallFailedException(method.name(), type);
        }
        call.replayed(null);
        return failure;
    }

    private @Nullable Object body(byte[] json) {
        try {
            return reader.readValue(json);
        } catch (JacksonException e) {
            log.warn("A recorded answer of " + method.name() + " can no longer be read: " + reason(e)
                    + ". Its type has changed in a way that refuses what was written before.");
            throw new OutcomeNotKeptException(method.name());
        }
    }

    /** Something of the answer is lost on the way: a property without a setter, a subtype that nothing names. */
    private static final class Unfaithful extends JacksonException {

        private static final long serialVersionUID = 1L;

        Unfaithful() {
            super("what is read back is not what was written");
        }
    }
}
