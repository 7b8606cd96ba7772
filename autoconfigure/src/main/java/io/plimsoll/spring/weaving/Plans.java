package io.plimsoll.spring.weaving;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** Resolves the {@link Plan} of every bean class, once. Thread-safe. */
final class Plans {

    private final Supplier<List<StageProvider>> providers;
    private final Companions companions;
    private final Map<Class<?>, Plan> resolved = new ConcurrentHashMap<>();

    Plans(ObjectProvider<StageProvider> providers, Companions companions) {
        this.providers = SingletonSupplier.of(() -> providers.orderedStream().toList());
        this.companions = companions;
    }

    /**
     * The plan of a bean class or of an interface that a proxy implements without a class behind it.
     *
     * @throws BrokenPromiseException if a promise cannot be kept
     */
    Plan of(Class<?> type) {
        Class<?> userType = ClassUtils.getUserClass(type);
        Plan plan = resolved.get(userType);
        if (plan == null) {
            plan = cannotPromise(userType) ? Plan.EMPTY : resolve(userType);
            resolved.put(userType, plan);
        }
        return plan;
    }

    /** All plans resolved so far. */
    Map<Class<?>, Plan> all() {
        return resolved;
    }

    private static boolean cannotPromise(Class<?> type) {
        String name = type.getName();
        boolean spring = name.startsWith("org.springframework.") && !name.startsWith("org.springframework.samples.");
        return spring || name.startsWith("java.") || Proxy.isProxyClass(type);
    }

    private Plan resolve(Class<?> type) {
        MergedAnnotations onType = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
        Collection<List<StageAdvisor>> stages = MethodIntrospector.selectMethods(
                        type, (MetadataLookup<List<StageAdvisor>>)
                                method -> stagesOf(new PromisedMethod(type, onType, method, companions)))
                .values();
        return stages.isEmpty()
                ? Plan.EMPTY
                : new Plan(stages.stream().flatMap(List::stream).toList());
    }

    private @Nullable List<StageAdvisor> stagesOf(PromisedMethod method) {
        if (Modifier.isStatic(method.method().getModifiers())
                || Modifier.isPrivate(method.method().getModifiers())) {
            return null;
        }
        List<Class<? extends Annotation>> promises = method.promises();
        if (promises.isEmpty()) {
            // The providers are not even asked for: most beans promise nothing, and those that the providers
            // themselves are made of come through here while the providers are created.
            return null;
        }
        promises.forEach(this::requireKeeper);
        List<StageAdvisor> stages = new ArrayList<>();
        for (StageProvider provider : providers.get()) {
            MethodInterceptor stage = provider.stageFor(method);
            if (stage != null) {
                stages.add(new StageAdvisor(provider.layer(), method.method(), stage));
            }
        }
        return stages.isEmpty() ? null : stages;
    }

    private void requireKeeper(Class<? extends Annotation> promise) {
        if (providers.get().stream().noneMatch(provider -> provider.promise() == promise)) {
            throw new BrokenPromiseException(
                    "@" + promise.getSimpleName() + " is used, but nothing in this application keeps it: its"
                            + " auto-configuration was excluded or its conditions do not hold.",
                    "Run with --debug and look for its auto-configuration in the conditions report.");
        }
    }
}
