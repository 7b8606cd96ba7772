package io.plimsoll.processor.injection;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.model.SimpleNames;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids {@code @Autowired} and {@code @Inject} on a field or setter of a class that Spring itself constructs, where a
 * constructor would do.
 */
@AutoService(ElementRule.class)
public final class FieldInjection implements ElementRule {

    private static final Set<String> INJECTED = Set.of(
            "org.springframework.beans.factory.annotation.Autowired", "jakarta.inject.Inject", "javax.inject.Inject");

    private static final String LAZY = "org.springframework.context.annotation.Lazy";

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        VariableElement injected = target(element);
        if (injected == null || element.getModifiers().contains(Modifier.STATIC)) {
            return;
        }
        Merged annotation = compilation.annotations().find(element, INJECTED);
        if (annotation == null
                || isOptional(annotation)
                || !(element.getEnclosingElement() instanceof TypeElement type)
                || !new ConstructedBySpring(compilation).test(type)) {
            return;
        }
        boolean lazy = List.of(element, injected).stream()
                .anyMatch(each -> compilation.annotations().find(each, LAZY) != null);
        boolean inherited = element instanceof ExecutableElement setter
                && compilation.hierarchy().declarations(setter, type).size() > 1;
        if (!lazy && !inherited && !new Circles(compilation).isPartOf(type, injected.asType())) {
            findings.report(Place.of(element, annotation.root(), null), message(element, injected, type));
        }
    }

    /** The field itself, or the one parameter of a setter. */
    private static @Nullable VariableElement target(Element element) {
        if (element instanceof VariableElement field) {
            return field.getKind() == ElementKind.FIELD ? field : null;
        }
        boolean setter = element instanceof ExecutableElement method
                && method.getKind() == ElementKind.METHOD
                && method.getSimpleName().toString().startsWith("set")
                && method.getParameters().size() == 1;
        return setter ? ((ExecutableElement) element).getParameters().get(0) : null;
    }

    private static boolean isOptional(Merged annotation) {
        AnnotationValue required = annotation.value("required");
        return required != null && Boolean.FALSE.equals(required.getValue());
    }

    private static Message message(Element element, VariableElement injected, TypeElement type) {
        String way = element.getKind() == ElementKind.FIELD ? "the field " : "the setter ";
        String needed = SimpleNames.of(injected.asType());
        return new Message(
                type.getSimpleName() + " gets its " + needed + " through " + way + element.getSimpleName(),
                "It can be made without it, so that a test needs Spring or reflection, and the field cannot be final",
                "private final, and a constructor: " + type.getSimpleName() + "(" + needed + " "
                        + injected.getSimpleName() + ")");
    }
}
