package com.acme;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import java.util.List;
import javax.annotation.processing.Generated;

@SuppressWarnings({"all", "auxiliaryclass", "deprecation", "rawtypes", "removal", "unchecked"})
@Generated("io.plimsoll.processor")
public final class Installation_Plimsoll implements Companion {
    public Installation_Plimsoll() {
    }

    @Override
    public int contract() {
        return 1;
    }

    @Override
    public List<CompiledSite> sites() {
        return List.of(
                CompiledSite.of(
                        "loadInitialData()",
                        "@io.plimsoll.idempotency.Idempotent(fingerprint=\"\", key=\"'initial-data'\", maxWait=\"5s\", mode=AUTO, onDuplicate=REJECT, scope=\"\", ttl=\"3650d\")",
                        new CompiledIdempotent(
                                arguments -> "initial-data",
                                null,
                                null,
                                CompiledDuration.ofNanos(315360000000000000L), Mode.AUTO, OnDuplicate.REJECT, CompiledDuration.ofNanos(5000000000L))));
    }
}
