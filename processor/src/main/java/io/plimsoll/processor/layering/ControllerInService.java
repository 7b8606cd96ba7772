package io.plimsoll.processor.layering;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mentioned;
import io.plimsoll.processor.model.Stereotypes;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Forbids a {@code @Service} or {@code @Repository} that refers to a controller: as superclass, field, parameter or
 * result, or as a type argument of these. What a method does inside is not looked at.
 */
@AutoService(ElementRule.class)
public final class ControllerInService implements ElementRule {

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.ADOPT ? Severity.WARN : Severity.ERROR;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Stereotypes stereotypes = new Stereotypes(compilation);
        if (element instanceof TypeElement type
                && (stereotypes.isService(type) || stereotypes.isRepository(type))
                && !stereotypes.isController(type)) {
            new Uses(stereotypes).of(type).forEach((controller, place) -> report(type, controller, place, findings));
        }
    }

    /** Collects the controllers that a type refers to, each with the first place that does so. */
    private record Uses(Stereotypes stereotypes, Map<TypeElement, Element> places) {

        Uses(Stereotypes stereotypes) {
            this(stereotypes, new LinkedHashMap<>());
        }

        Map<TypeElement, Element> of(TypeElement type) {
            add(type.getSuperclass(), type);
            // Before the constructor, whose parameters say the same once more.
            ElementFilter.fieldsIn(type.getEnclosedElements()).forEach(field -> add(field.asType(), field));
            for (Element member : type.getEnclosedElements()) {
                if (member instanceof ExecutableElement method) {
                    for (VariableElement parameter : method.getParameters()) {
                        add(parameter.asType(), parameter);
                    }
                    add(method.getReturnType(), method);
                }
            }
            return places;
        }

        private void add(TypeMirror type, Element place) {
            for (TypeElement each : Mentioned.in(type)) {
                // A controller's interface may be that of an HTTP client as well.
                if (each.getKind() == ElementKind.CLASS && stereotypes.isController(each)) {
                    places.putIfAbsent(each, place);
                }
            }
        }
    }

    private static void report(TypeElement service, TypeElement controller, Element place, Findings findings) {
        findings.report(
                Place.of(place),
                new Message(
                        service.getSimpleName() + " refers to the controller " + controller.getSimpleName(),
                        "It cannot be used or tested without the web, and the two layers need each other in a circle",
                        "move what " + service.getSimpleName() + " needs from " + controller.getSimpleName()
                                + " to a service that both can use"));
    }
}
