package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a message broker makes of a listener: the key is the id of the event. Whatever comes with it is the same
 * event, so nothing of it is compared unless the annotation says what.
 */
final class EventCallSource implements CallSource {

    private final IdempotentMethod method;

    EventCallSource(IdempotentMethod method) {
        this.method = method;
    }

    @Override
    public Identity identify(Object[] arguments) {
        ReceivedEvent event = ReceivedEvent.current();
        if (event == null) {
            throw new KeyMissingException(method.name(), "the message that would bring the id of its event");
        }
        if (event.id() == null) {
            throw new KeyMissingException(
                    method.name(), "the id of the event: one of the headers " + ReceivedEvent.ID_HEADERS);
        }
        StableDigest id = method.beginId("event", arguments).add(method.signature());
        if (event.source() == null) {
            id.addAbsent();
        } else {
            id.add(event.source());
        }
        return new Identity(new RecordId(id.add(event.id()).sum()), fingerprint(arguments));
    }

    private Fingerprint fingerprint(Object[] arguments) {
        CompiledExpression fingerprint = method.fingerprint();
        StableDigest digest = new StableDigest();
        return Fingerprint.of(
                fingerprint == null
                        ? digest.addAbsent().sum()
                        : digest.add(method.evaluate(fingerprint, arguments)).sum());
    }

    @Override
    public @Nullable ResponseHead responseHead() {
        return null;
    }

    @Override
    public void replaying(@Nullable ResponseHead head) {
        // Nobody waits for an answer.
    }
}
