package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.idempotency.store.Fingerprint;
import io.plimsoll.idempotency.store.RecordId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls from plain Java: the key comes from the arguments, and so does the fingerprint. */
final class MethodCallSource implements CallSource {

    private final IdempotentMethod method;
    private final CompiledExpression key;
    private final JsonMapper mapper;

    MethodCallSource(IdempotentMethod method, CompiledExpression key, JsonMapper mapper) {
        this.method = method;
        this.key = key;
        this.mapper = mapper;
    }

    @Override
    public Identity identify(Object[] arguments) {
        StableDigest id = method.beginId("method", arguments).add(method.signature());
        id.add(method.evaluate(key, arguments));
        return new Identity(new RecordId(id.sum()), fingerprint(method, arguments, mapper));
    }

    /** What must not change under one key: what the promise names, or else all arguments. */
    static Fingerprint fingerprint(IdempotentMethod method, Object[] arguments, JsonMapper mapper) {
        StableDigest digest = new StableDigest();
        if (method.fingerprint() != null) {
            digest.add(method.evaluate(method.fingerprint(), arguments));
        } else {
            for (Object argument : arguments) {
                addArgument(digest, argument, method, mapper);
            }
        }
        return Fingerprint.of(digest.sum());
    }

    private static void addArgument(
            StableDigest digest, @Nullable Object argument, IdempotentMethod method, JsonMapper mapper) {
        try {
            CanonicalJson.add(digest, mapper.valueToTree(Contents.of(argument)));
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "An argument of " + method.name() + " cannot be written as JSON, so its calls cannot be compared: a"
                            + " key could come again with another payload. Say what must not change under one key:"
                            + " @Idempotent(fingerprint = ...).",
                    e);
        }
    }
}
