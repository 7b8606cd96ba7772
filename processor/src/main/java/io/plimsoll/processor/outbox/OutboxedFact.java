package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.outbox.CompiledOutboxed;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.processor.companion.FactWriter;
import io.plimsoll.processor.key.Keys;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/** Leaves a {@link CompiledOutboxed} in the companion, of a method or of the type of an event. */
@AutoService(FactWriter.class)
public final class OutboxedFact implements FactWriter {

    @Override
    public String promise() {
        return Outboxed.class.getName();
    }

    @Override
    public @Nullable CompiledOutboxed fact(Merged promise, Element site, Compilation compilation) {
        AnnotationValue topic = promise.value("topic");
        if (site.getKind() == ElementKind.ANNOTATION_TYPE
                || topic == null
                || !(topic.getValue() instanceof String text)) {
            return null; // A team's own annotation, or code that does not compile.
        }
        return new CompiledOutboxed(
                text,
                Keys.compile(promise, "key", site, compilation),
                Keys.compile(promise, "payload", site, compilation));
    }
}
