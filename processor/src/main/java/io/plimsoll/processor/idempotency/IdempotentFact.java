package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.idempotency.OnLost;
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
    public @Nullable CompiledIdempotent fact(Merged promise, Element site, Compilation compilation) {
        CompiledDuration ttl = duration(promise.value("ttl"));
        CompiledDuration lease = duration(promise.value("lease"));
        OnLost onLost = constant(promise.value("onLost"), OnLost.class);
        AnnotationValue recover = promise.value("recover");
        Mode mode = constant(promise.value("mode"), Mode.class);
        OnDuplicate onDuplicate = constant(promise.value("onDuplicate"), OnDuplicate.class);
        CompiledDuration maxWait = duration(promise.value("maxWait"));
        if (!(site instanceof ExecutableElement method)
                || ttl == null
                || mode == null
                || lease == null
                || onLost == null
                || recover == null
                || onDuplicate == null
                || maxWait == null) {
            return null; // A team's own annotation, or code that does not compile.
        }
        return new CompiledIdempotent(
                Keys.compile(promise, "key", method, compilation),
                Keys.compile(promise, "scope", method, compilation),
                Keys.compile(promise, "fingerprint", method, compilation),
                ttl,
                mode,
                lease,
                onLost,
                String.valueOf(recover.getValue()),
                onDuplicate,
                maxWait);
    }

    private static @Nullable CompiledDuration duration(@Nullable AnnotationValue value) {
        return value != null && value.getValue() instanceof String text ? Durations.compile(text) : null;
    }

    private static <E extends Enum<E>> @Nullable E constant(@Nullable AnnotationValue value, Class<E> type) {
        return value != null && value.getValue() instanceof VariableElement constant
                ? Enum.valueOf(type, constant.getSimpleName().toString())
                : null;
    }
}
