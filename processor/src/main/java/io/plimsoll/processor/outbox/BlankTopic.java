package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.outbox.Outboxed;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Forbids an event that goes nowhere, and a listener that listens to nothing. */
@AutoService(ElementRule.class)
public final class BlankTopic implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (Class<?> type : List.of(Outboxed.class, OutboxListener.class)) {
            Merged annotation = compilation.annotations().find(element, type.getName());
            AnnotationValue topic = annotation == null ? null : annotation.value("topic");
            if (annotation != null
                    && topic != null
                    && !Mirrors.isUnresolved(topic)
                    && topic.getValue() instanceof String text
                    && text.isBlank()) {
                findings.report(
                        Place.of(element, annotation.root(), annotation.writtenValue("topic")),
                        message(element, type == Outboxed.class));
            }
        }
    }

    private static Message message(Element element, boolean publishes) {
        return new Message(
                "The topic of @" + (publishes ? "Outboxed" : "OutboxListener") + " on " + element.getSimpleName()
                        + " is blank",
                publishes ? "Nobody would receive the event" : "It would receive no event",
                "topic = \"orders\"");
    }
}
