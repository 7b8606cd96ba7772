package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Tells to which topic an entry point publishes what it returns. */
@AutoService(Cell.class)
public final class OutboxCell implements Cell {

    @Override
    public Column column() {
        return Column.OUTBOX;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        Published published = Published.find(method, type, compilation);
        AnnotationValue topic =
                published == null ? null : published.annotation().value("topic");
        return topic == null ? null : "to " + topic.getValue();
    }
}
