package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.spring.weaving.Layer;
import io.plimsoll.spring.weaving.PromisedMethod;
import io.plimsoll.spring.weaving.StageProvider;
import java.lang.annotation.Annotation;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/** Contributes one half of {@link Idempotent} to the chain of its methods. */
final class IdempotencyStage implements StageProvider {

    private final Layer layer;
    private final IdempotentMethods methods;
    private final Engine engine;

    private IdempotencyStage(Layer layer, IdempotentMethods methods, Engine engine) {
        this.layer = layer;
        this.methods = methods;
        this.engine = engine;
    }

    static IdempotencyStage outer(IdempotentMethods methods, Engine engine) {
        return new IdempotencyStage(Layer.IDEMPOTENCY, methods, engine);
    }

    static IdempotencyStage inner(IdempotentMethods methods, Engine engine) {
        return new IdempotencyStage(Layer.IDEMPOTENCY_CLAIM, methods, engine);
    }

    @Override
    public Layer layer() {
        return layer;
    }

    @Override
    public Class<? extends Annotation> promise() {
        return Idempotent.class;
    }

    @Override
    public @Nullable MethodInterceptor stageFor(PromisedMethod promised) {
        IdempotentMethods.Resolved resolved = methods.resolve(promised);
        if (resolved == null) {
            return null;
        }
        engine.use(resolved.method().mode());
        return layer == Layer.IDEMPOTENCY ? resolved.outer(engine) : resolved.inner(engine);
    }
}
