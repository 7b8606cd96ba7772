package io.plimsoll.spring.weaving;

import io.plimsoll.companion.CompiledSite;
import org.jspecify.annotations.Nullable;

/** What the compiler worked out for types that say something of their instances: no proxy stands before those. Thread-safe. */
public final class CompiledTypes {

    private final Companions companions;

    CompiledTypes(Companions companions) {
        this.companions = companions;
    }

    /**
     * What the compiler worked out for a type.
     *
     * @return null if the companion is missing and that is tolerated
     * @throws BrokenPromiseException if the companion is missing or stale
     */
    public <T> @Nullable T of(Class<?> type, Class<T> fact) {
        CompiledSite site = companions.site(type, type.getClassLoader(), Promises.textOf(type));
        return site == null ? null : site.fact(fact);
    }
}
