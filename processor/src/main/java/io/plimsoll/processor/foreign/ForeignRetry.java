package io.plimsoll.processor.foreign;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.RetryAnnotations;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Names the retry of Spring, of Spring Retry and of Resilience4j. */
@AutoService(Cell.class)
public final class ForeignRetry implements Cell {

    @Override
    public Column column() {
        return Column.RETRY;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        return Foreign.name(RetryAnnotations.ALL, method, type, compilation);
    }
}
