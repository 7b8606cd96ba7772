package io.plimsoll.processor.foreign;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Names the retry of Spring, of Spring Retry and of Resilience4j. */
@AutoService(Cell.class)
public final class ForeignRetry implements Cell {

    private static final Set<String> RETRIES = Set.of(
            "org.springframework.resilience.annotation.Retryable",
            "org.springframework.retry.annotation.Retryable",
            "io.github.resilience4j.retry.annotation.Retry");

    @Override
    public Column column() {
        return Column.RETRY;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        return Foreign.name(RETRIES, method, type, compilation);
    }
}
