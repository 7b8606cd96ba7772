package io.plimsoll.processor.foreign;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.report.Cell;
import io.plimsoll.processor.report.Column;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Names Spring's cache annotations. */
@AutoService(Cell.class)
public final class ForeignCache implements Cell {

    private static final Set<String> CACHES = Set.of(
            "org.springframework.cache.annotation.Cacheable",
            "org.springframework.cache.annotation.CachePut",
            "org.springframework.cache.annotation.CacheEvict");

    @Override
    public Column column() {
        return Column.CACHE;
    }

    @Override
    public @Nullable String text(ExecutableElement method, TypeElement type, Compilation compilation) {
        return Foreign.name(CACHES, method, type, compilation);
    }
}
