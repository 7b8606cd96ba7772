package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;

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
        String eventId = event.id();
        if (eventId == null) {
            throw new KeyMissingException(
                    method.name(), "the id of the event: one of the headers " + ReceivedEvent.ID_HEADERS);
        }
        StableDigest id = method.beginId("event", arguments)
                .add(method.signature())
                .addOrAbsent(event.source())
                .add(eventId);
        return new Identity(new RecordId(id.sum()), fingerprint(arguments));
    }

    private Fingerprint fingerprint(Object[] arguments) {
        CompiledExpression fingerprint = method.fingerprint();
        Object compared = fingerprint == null ? null : method.evaluate(fingerprint, arguments);
        return Fingerprint.of(new StableDigest().addOrAbsent(compared).sum());
    }
}
