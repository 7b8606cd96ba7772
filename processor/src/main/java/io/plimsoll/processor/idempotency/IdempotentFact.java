package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import com.palantir.javapoet.CodeBlock;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.processor.companion.Durations;
import io.plimsoll.processor.companion.FactWriter;
import io.plimsoll.processor.key.Keys;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Leaves a {@link CompiledIdempotent} in the companion. */
@AutoService(FactWriter.class)
public final class IdempotentFact implements FactWriter {

    @Override
    public String promise() {
        return Idempotent.class.getName();
    }

    @Override
    public boolean callsTheApplication() {
        return true;
    }

    @Override
    public @Nullable CodeBlock fact(Merged promise, Element site, Compilation compilation) {
        CodeBlock ttl = duration(promise.value("ttl"));
        CodeBlock mode = constant(promise.value("mode"), Mode.class);
        CodeBlock onDuplicate = constant(promise.value("onDuplicate"), OnDuplicate.class);
        CodeBlock maxWait = duration(promise.value("maxWait"));
        if (!(site instanceof ExecutableElement method)
                || ttl == null
                || mode == null
                || onDuplicate == null
                || maxWait == null) {
            return null; // A team's own annotation, or code that does not compile.
        }
        return CodeBlock.of(
                "new $T(\n$>$>$L,\n$L,\n$L,\n$L, $L, $L, $L$<$<)",
                CompiledIdempotent.class,
                Keys.code(promise, "key", method, compilation),
                Keys.code(promise, "scope", method, compilation),
                Keys.code(promise, "fingerprint", method, compilation),
                ttl,
                mode,
                onDuplicate,
                maxWait);
    }

    private static @Nullable CodeBlock duration(@Nullable AnnotationValue value) {
        return value != null && value.getValue() instanceof String text ? Durations.code(text) : null;
    }

    private static @Nullable CodeBlock constant(@Nullable AnnotationValue value, Class<?> type) {
        return value != null && value.getValue() instanceof VariableElement constant
                ? CodeBlock.of("$T.$L", type, constant.getSimpleName())
                : null;
    }
}
