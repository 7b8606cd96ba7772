package io.plimsoll.processor.engine;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Hands the options of a compilation from the processor, which may read them, to the plugin, which may not. Both see
 * the same {@link Elements}, and javac loads both with one class loader. Thread-safe; keeps no compilation alive.
 */
final class SharedOptions {

    private static final Map<Elements, Options> BY_COMPILATION = Collections.synchronizedMap(new WeakHashMap<>());

    private SharedOptions() {}

    static void put(Elements compilation, Options options) {
        BY_COMPILATION.put(compilation, options);
    }

    /** Null if no processor ran in this compilation, or if a build tool loaded it elsewhere, as Gradle does. */
    static @Nullable Options get(Elements compilation) {
        return BY_COMPILATION.get(compilation);
    }
}
