package io.plimsoll.spring.weaving;

import io.plimsoll.companion.AddProcessor;
import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.spring.weaving.WeavingProperties.MissingCompanion;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Finds what the compiler worked out for an annotated element, and refuses what is missing or stale. Thread-safe.
 */
final class Companions {

    private static final Log log = LogFactory.getLog(Companions.class);

    static final String REBUILD = "Rebuild the module with plimsoll-processor of the starter's version.";

    private static final String ADD_PROCESSOR = """
            Add the processor to the build of that class and compile it again.

            %s

            (JDK 23 and newer run no processor that is not configured.) For a third-party jar that you cannot compile:
                plimsoll.weaving.missing-companion-in.[%s]=warn""";

    private final Supplier<WeavingProperties> properties;
    private final Map<String, Optional<Companion>> loaded = new ConcurrentHashMap<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Companions(Supplier<WeavingProperties> properties) {
        this.properties = properties;
    }

    /**
     * The compiled form of one annotated element.
     *
     * @param element a class, a method or a package
     * @param loader who loads its companion
     * @param seen the promises found on the element, as {@link io.plimsoll.companion.PromiseText} prints them
     * @return null if there is no companion and the properties tolerate that
     * @throws BrokenPromiseException if the companion is missing or stale
     */
    @Nullable
    CompiledSite site(AnnotatedElement element, @Nullable ClassLoader loader, String seen) {
        String name = companionName(element);
        Companion companion =
                loaded.computeIfAbsent(name, key -> load(key, loader)).orElse(null);
        if (companion == null) {
            return missing(element, name, seen);
        }
        if (companion.contract() != Companion.CONTRACT) {
            throw new BrokenPromiseException(
                    name + " was written by a plimsoll-processor of another version (contract " + companion.contract()
                            + ") than this starter reads (contract " + Companion.CONTRACT + ").",
                    REBUILD);
        }
        String id = id(element);
        for (CompiledSite site : companion.sites()) {
            if (site.id().equals(id)) {
                return upToDate(site, element, seen);
            }
        }
        throw new BrokenPromiseException(
                name + " is stale: it knows nothing of " + describe(element) + ", which carries " + seen + ".",
                REBUILD);
    }

    private static CompiledSite upToDate(CompiledSite site, AnnotatedElement element, String seen) {
        if (!site.seen().equals(seen)) {
            throw new BrokenPromiseException(
                    "The companion of " + describe(element) + " is stale: it was compiled for " + site.seen()
                            + ", but the class carries " + seen + ".",
                    REBUILD);
        }
        return site;
    }

    private @Nullable CompiledSite missing(AnnotatedElement element, String name, String seen) {
        String packageName = ClassUtils.getPackageName(name);
        if (properties.get().missingCompanionOf(packageName) == MissingCompanion.WARN) {
            if (warned.add(name)) {
                log.warn(describe(element) + " carries " + seen + ", but was compiled without plimsoll-processor: no"
                        + " promise of its class is kept.");
            }
            return null;
        }
        throw new BrokenPromiseException(
                describe(element) + " carries " + seen + ", but there is no " + name
                        + ": the class was compiled without plimsoll-processor, so nothing would keep the promise.",
                ADD_PROCESSOR.formatted(AddProcessor.lines(version()), packageName));
    }

    /** From the manifest of the starter's jar; outside a jar there is none. */
    private static @Nullable String version() {
        return Companions.class.getPackage().getImplementationVersion();
    }

    private static Optional<Companion> load(String name, @Nullable ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, true, loader);
            return Optional.of((Companion) type.getDeclaredConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new BrokenPromiseException(name + " cannot be read: " + e + ".", REBUILD);
        }
    }

    private static String companionName(AnnotatedElement element) {
        if (element instanceof Package pkg) {
            return Companion.nameForPackage(pkg.getName());
        }
        Class<?> type = element instanceof Method method ? method.getDeclaringClass() : (Class<?>) element;
        return Companion.nameFor(type.getName());
    }

    private static String id(AnnotatedElement element) {
        if (element instanceof Method method) {
            return CompiledSite.methodId(
                    method.getName(), Stream.of(method.getParameterTypes()).map(Class::getTypeName));
        }
        return element instanceof Package ? CompiledSite.PACKAGE : CompiledSite.TYPE;
    }

    static String describe(AnnotatedElement element) {
        if (element instanceof Method method) {
            return method.getDeclaringClass().getName() + "." + method.getName();
        }
        return element instanceof Package pkg ? "package " + pkg.getName() : ((Class<?>) element).getName();
    }
}
