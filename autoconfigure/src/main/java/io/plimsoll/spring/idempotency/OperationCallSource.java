package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.KeyMissingException;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls of an operation: the arguments are its key and its payload. */
final class OperationCallSource implements CallSource {

    private final IdempotentMethod operation;
    private final JsonMapper mapper;

    OperationCallSource(IdempotentMethod operation, JsonMapper mapper) {
        this.operation = operation;
        this.mapper = mapper;
    }

    @Override
    public Identity identify(@Nullable Object[] arguments) {
        StableDigest id = operation.beginId("operation", arguments).add(operation.signature());
        StableDigest payload = new StableDigest();
        if (arguments[1] != null) {
            try {
                CanonicalJson.add(payload, mapper.valueToTree(arguments[1]));
            } catch (JacksonException e) {
                throw new IllegalArgumentException(
                        "The payload of " + operation.name()
                                + " cannot be written as JSON, so calls cannot be compared."
                                + " Give what must not change under one key.",
                        e);
            }
        }
        return new Identity(new RecordId(id.add(key(arguments[0])).sum()), Fingerprint.of(payload.sum()));
    }

    private Object key(@Nullable Object key) {
        if (key == null) {
            throw new KeyMissingException(operation.name(), "the key");
        }
        return key;
    }
}
