package io.plimsoll.processor.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Where processor and plugin of one compilation meet: the processor may read options and write files, the plugin stays
 * to the end. Both see the same {@link Elements}, and javac loads both with one class loader. Thread-safe. The plugin
 * opens and closes it, so that no compilation is kept alive.
 */
final class Shared {

    /** What the processor leaves for the plugin. */
    record Session(Judge judge, List<Rule> rules, ProcessingEnvironment environment) {}

    private static final Set<Elements> OPEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private static final Map<Elements, Session> SESSIONS = Collections.synchronizedMap(new WeakHashMap<>());

    private Shared() {}

    static void open(Elements compilation) {
        OPEN.add(compilation);
    }

    /** Whether a plugin has taken over. If not, a build tool loaded it elsewhere, as Gradle does, or this is no javac. */
    static boolean offer(Elements compilation, Session session) {
        boolean taken = OPEN.contains(compilation);
        if (taken) {
            SESSIONS.put(compilation, session);
        }
        return taken;
    }

    /** Null if no processor ran in this compilation, or if it was loaded elsewhere. */
    static @Nullable Session get(Elements compilation) {
        return SESSIONS.get(compilation);
    }

    static void close(Elements compilation) {
        OPEN.remove(compilation);
        SESSIONS.remove(compilation);
    }
}
