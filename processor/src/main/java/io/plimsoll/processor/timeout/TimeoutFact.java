package io.plimsoll.processor.timeout;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.companion.Durations;
import io.plimsoll.processor.companion.FactWriter;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.timeout.CompiledTimeout;
import io.plimsoll.timeout.Timeout;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Leaves a {@link CompiledTimeout} in the companion. */
@AutoService(FactWriter.class)
public final class TimeoutFact implements FactWriter {

    @Override
    public String promise() {
        return Timeout.class.getName();
    }

    @Override
    public @Nullable CompiledTimeout fact(Merged promise, Element site, Compilation compilation) {
        AnnotationValue budget = promise.value("value");
        AnnotationValue interrupt = promise.value("interrupt");
        if (budget == null
                || interrupt == null
                || !(budget.getValue() instanceof String text)
                || !(interrupt.getValue() instanceof Boolean mayInterrupt)) {
            return null;
        }
        return new CompiledTimeout(Durations.compile(text), mayInterrupt);
    }
}
