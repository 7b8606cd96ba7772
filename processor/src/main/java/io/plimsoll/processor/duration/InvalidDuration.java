package io.plimsoll.processor.duration;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.duration.DurationAttributes.Limits;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;

/**
 * Forbids a text that is no duration where one is expected: in any attribute that is a {@code @DurationString}; and a
 * record that is kept for less time than its call may take.
 */
@AutoService(ElementRule.class)
public final class InvalidDuration implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (Mirrors.type(mirror) != null) {
                checkAnnotation(
                        mirror,
                        compilation,
                        (value, message) -> findings.report(Place.of(element, mirror, value), message));
            }
        }
        if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD) {
            RetryWindow.check(method, compilation, findings);
        }
        if (element instanceof ExecutableElement attribute && attribute.getDefaultValue() != null) {
            // No compiler shows where a default stands: the attribute is as near as it gets.
            Limits limits = DurationAttributes.limits(attribute);
            if (limits != null) {
                checkValue(
                        attribute.getDefaultValue(),
                        limits,
                        (value, message) -> findings.report(Place.of(element), message));
            }
        }
    }

    private static void checkAnnotation(
            AnnotationMirror mirror, Compilation compilation, BiConsumer<AnnotationValue, Message> found) {
        mirror.getElementValues().forEach((attribute, value) -> {
            Optional<Limits> limits = limits(attribute, compilation);
            if (limits.isPresent()) {
                checkValue(value, limits.get(), found);
            } else {
                checkNested(value, compilation, found);
            }
        });
    }

    /** The attributes are few, and their uses are many. */
    private static Optional<Limits> limits(ExecutableElement attribute, Compilation compilation) {
        return compilation
                .memo()
                .get(new Asked(attribute), () -> Optional.ofNullable(DurationAttributes.limits(attribute)));
    }

    private record Asked(ExecutableElement attribute) {}

    /** A container of repeatable annotations, for one, holds annotations. */
    private static void checkNested(
            AnnotationValue value, Compilation compilation, BiConsumer<AnnotationValue, Message> found) {
        if (value.getValue() instanceof AnnotationMirror nested && Mirrors.type(nested) != null) {
            checkAnnotation(nested, compilation, found);
        } else if (value.getValue() instanceof List<?> items) {
            items.forEach(item -> checkNested((AnnotationValue) item, compilation, found));
        }
    }

    private static void checkValue(AnnotationValue value, Limits limits, BiConsumer<AnnotationValue, Message> found) {
        if (value.getValue() instanceof List<?> items) {
            items.forEach(item -> checkValue((AnnotationValue) item, limits, found));
        } else if (value.getValue() instanceof String text && !Mirrors.isUnresolved(value)) {
            Message problem = DurationCheck.problem(text, limits);
            if (problem != null) {
                found.accept(value, problem);
            }
        }
    }
}
