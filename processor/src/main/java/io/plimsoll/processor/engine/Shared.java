package io.plimsoll.processor.engine;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Where processor and plugin of one compilation meet: the processor may read options and write files, the plugin stays
 * to the end. Both see the same {@link Elements}, and javac loads both with one class loader. Thread-safe.
 *
 * <p>The plugin holds what the processor leaves. From here no compilation is kept alive: a tool that asks javac to
 * analyze and goes no further never says that it has come to an end.
 */
final class Shared {

    /** What the processor leaves for the plugin. */
    record Session(Judge judge, List<Rule> rules, ProcessingEnvironment environment) {}

    private static final Map<Elements, WeakReference<Shared>> OPEN = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile @Nullable Session session;

    private Shared() {}

    /** Called by the plugin, which keeps the answer. */
    static Shared open(Elements compilation) {
        Shared opened = new Shared();
        OPEN.put(compilation, new WeakReference<>(opened));
        return opened;
    }

    /** Whether a plugin has taken over. If not, a build tool loaded it elsewhere, as Gradle does, or this is no javac. */
    static boolean offer(Elements compilation, Session session) {
        WeakReference<Shared> open = OPEN.get(compilation);
        Shared plugin = open == null ? null : open.get();
        if (plugin == null) {
            return false;
        }
        plugin.session = session;
        return true;
    }

    /** Null if no processor ran in this compilation, or if it was loaded elsewhere. */
    @Nullable
    Session session() {
        return session;
    }
}
