package io.plimsoll.spring.outbox;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.RefusedExpression;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.Layer;
import io.plimsoll.spring.weaving.PromisedMethod;
import io.plimsoll.spring.weaving.StageProvider;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;

/** Contributes {@link Outboxed} to the chain of its methods. */
final class OutboxStage implements StageProvider {

    private final OutboxStore store;
    private final Supplier<Outbox> outbox;

    OutboxStage(OutboxStore store, Supplier<Outbox> outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    @Override
    public Layer layer() {
        return Layer.OUTBOX;
    }

    @Override
    public Class<? extends Annotation> promise() {
        return Outboxed.class;
    }

    @Override
    public @Nullable MethodInterceptor stageFor(PromisedMethod promised) {
        if (!promised.isAnnotatedWith(Outboxed.class.getName())) {
            return null;
        }
        MergedAnnotation<?> found = promised.innermost(List.of(Outboxed.class));
        CompiledOutboxed compiled = found == null ? null : promised.compiled(found, CompiledOutboxed.class);
        if (compiled == null) {
            return null;
        }
        promised.requireSynchronousResult("@Outboxed", "Put @Outboxed on the blocking method that does the work.");
        requireCompiled(promised.name(), compiled.key());
        requireCompiled(promised.name(), compiled.payload());
        store.use(compiled.topic(), promised.name());
        return new OutboxInterceptor(promised.name(), compiled, store, outbox);
    }

    /** @throws BrokenPromiseException if an expression of it does not say what it means */
    static void requireCompiled(String where, @Nullable CompiledExpression expression) {
        if (expression instanceof RefusedExpression refused) {
            throw new BrokenPromiseException(
                    "The expression \"" + refused.expression() + "\" of @Outboxed on " + where + " was not compiled: "
                            + refused.problem() + ".",
                    "Switch the rule UnresolvableKey on again and compile. If that finds nothing, the expression names"
                            + " something that another annotation processor generates: name what is there before.");
        }
    }
}
