package io.plimsoll.spring.timeout;

import io.plimsoll.companion.AsynchronousTypes;
import io.plimsoll.spring.weaving.Layer;
import io.plimsoll.spring.weaving.PromisedMethod;
import io.plimsoll.spring.weaving.StageProvider;
import io.plimsoll.timeout.CompiledTimeout;
import io.plimsoll.timeout.NoTimeout;
import io.plimsoll.timeout.Timeout;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.PropertyResolver;

/** Resolves the {@link Timeout} of a method. */
final class BudgetStageProvider implements StageProvider {

    private final Watchdog watchdog;
    private final PropertyResolver properties;
    private final StartUpChecks checks;

    BudgetStageProvider(Watchdog watchdog, PropertyResolver properties, StartUpChecks checks) {
        this.watchdog = watchdog;
        this.properties = properties;
        this.checks = checks;
    }

    @Override
    public Layer layer() {
        return Layer.BUDGET;
    }

    @Override
    public Class<? extends Annotation> promise() {
        return Timeout.class;
    }

    @Override
    public @Nullable MethodInterceptor stageFor(PromisedMethod method) {
        MergedAnnotation<?> found = method.innermost(List.of(Timeout.class, NoTimeout.class));
        if (found == null || found.getType() == NoTimeout.class) {
            return null;
        }
        CompiledTimeout timeout = method.compiled(found, CompiledTimeout.class);
        if (timeout == null) {
            return null;
        }
        boolean bounded = AsynchronousTypes.BOUNDED.contains(
                method.method().getReturnType().getName());
        if (!bounded) {
            method.requireSynchronousResult(
                    "@Timeout",
                    "Return a CompletionStage, Mono or Flux, or put @Timeout on the blocking method that does the work and"
                            + " @NoTimeout(reason = \"...\") on this one.");
        }
        Duration budget = method.duration(timeout.budget(), "budget of @Timeout", false, properties);
        BudgetPolicy policy = new BudgetPolicy(method.name(), budget.toNanos(), timeout.interrupt());
        checks.resolved(policy);
        if (!bounded) {
            return new BudgetInterceptor(watchdog, policy);
        }
        return CompletionStage.class.isAssignableFrom(method.method().getReturnType())
                ? new FutureBudgetInterceptor(watchdog, policy)
                : new PublisherBudgetInterceptor(watchdog, policy);
    }
}
