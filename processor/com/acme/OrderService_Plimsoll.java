package com.acme;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.companion.RefusedExpression;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import java.util.List;
import javax.annotation.processing.Generated;

@SuppressWarnings({"all", "auxiliaryclass", "deprecation", "rawtypes", "removal", "unchecked"})
@Generated("io.plimsoll.processor")
public final class OrderService_Plimsoll implements Companion {
    public OrderService_Plimsoll() {
    }

    @Override
    public int contract() {
        return 1;
    }

    @Override
    public List<CompiledSite> sites() {
        return List.of(
                CompiledSite.of(
                        "place(java.lang.String)",
                        "@io.plimsoll.idempotency.Idempotent(fingerprint=\"\", key=\"#nubmer\", maxWait=\"5s\", mode=AUTO, onDuplicate=REJECT, scope=\"\", ttl=\"24h\")",
                        new CompiledIdempotent(
                                new RefusedExpression("#nubmer", "place has no parameter nubmer"),
                                null,
                                null,
                                CompiledDuration.ofNanos(86400000000000L), Mode.AUTO, OnDuplicate.REJECT, CompiledDuration.ofNanos(5000000000L))));
    }
}
