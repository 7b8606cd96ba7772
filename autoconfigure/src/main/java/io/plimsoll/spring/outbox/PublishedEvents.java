package io.plimsoll.spring.outbox;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.spring.weaving.CompiledTypes;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Publishes events of {@link Outboxed} types that are given to Spring's publisher. Before listeners of the application, which may
 * change them. Thread-safe.
 */
final class PublishedEvents implements ApplicationListener<ApplicationEvent>, Ordered {

    private final CompiledTypes types;
    private final Supplier<Outbox> outbox;
    private final ClassValue<Optional<CompiledOutboxed>> promises = new ClassValue<>() {
        @Override
        protected Optional<CompiledOutboxed> computeValue(Class<?> type) {
            return promise(type);
        }
    };

    PublishedEvents(CompiledTypes types, Supplier<Outbox> outbox) {
        this.types = types;
        this.outbox = outbox;
    }

    private Optional<CompiledOutboxed> promise(Class<?> type) {
        MergedAnnotation<Outboxed> found =
                MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).get(Outboxed.class);
        if (!(found.getSource() instanceof Class<?> source)) {
            return Optional.empty();
        }
        CompiledOutboxed promise = types.of(source, CompiledOutboxed.class);
        if (promise != null) {
            OutboxStage.requireCompiled(source.getName(), promise.key());
        }
        return Optional.ofNullable(promise);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        Object payload = event instanceof PayloadApplicationEvent<?> with ? with.getPayload() : event;
        CompiledOutboxed promise = promises.get(payload.getClass()).orElse(null);
        if (promise != null) {
            CompiledExpression key = promise.key();
            outbox.get().publish(promise.topic(), key == null ? null : key.evaluate(new Object[] {payload}), payload);
        }
    }

    /** In the transaction of who publishes, whatever else is told elsewhere. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
