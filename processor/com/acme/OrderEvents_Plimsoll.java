package com.acme;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.timeout.CompiledTimeout;
import java.util.List;
import javax.annotation.processing.Generated;

@Generated("io.plimsoll.processor")
public final class OrderEvents_Plimsoll implements Companion {
    public OrderEvents_Plimsoll() {
    }

    @Override
    public int contract() {
        return 1;
    }

    @Override
    public List<CompiledSite> sites() {
        return List.of(
                CompiledSite.of(
                        "placed(java.lang.String)",
                        "@io.plimsoll.timeout.Timeout(interrupt=true, value=\"5s\")",
                        new CompiledTimeout(CompiledDuration.ofNanos(5000000000L), true)));
    }
}
