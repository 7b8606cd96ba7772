package io.plimsoll.processor.idempotency;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.NotIdempotent;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Tells by what repeated calls of an entry point are recognised, and for how long; or why they are not. */
@AutoService(Cell.class)
public final class IdempotencyCell implements Cell {

    @Override
    public Column column() {
        return Column.IDEMPOTENCY;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        Declared promise = Declared.find(Idempotent.class, method, type, compilation);
        if (promise != null) {
            String key = text(promise.annotation(), "key");
            return (key.isEmpty() ? broughtAlong(method, type, compilation) : key) + " for "
                    + text(promise.annotation(), "ttl");
        }
        Declared optOut = Declared.find(NotIdempotent.class, method, type, compilation);
        return optOut == null ? null : "none: " + text(optOut.annotation(), "reason");
    }

    private static String broughtAlong(ExecutableElement method, TypeElement type, Compilation compilation) {
        return MissingIdempotencyKey.bringsEventId(method, type, compilation) ? "event id" : "Idempotency-Key";
    }

    private static String text(Merged annotation, String attribute) {
        AnnotationValue value = annotation.value(attribute);
        return value == null ? "?" : String.valueOf(value.getValue());
    }
}
