package io.plimsoll.processor.layering;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.model.Mentioned;
import io.plimsoll.processor.model.Stereotypes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a controller that holds a way to the database: a repository, a mapper, an {@code EntityManager}, one of
 * Spring's ways to JDBC; also in a collection, an {@code Optional} or a provider.
 */
@AutoService(ElementRule.class)
public final class RepositoryInController implements ElementRule {

    private static final Set<String> INJECTED = Set.of(
            "org.springframework.beans.factory.annotation.Autowired", "jakarta.inject.Inject", "javax.inject.Inject");

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.WARN;
    }

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element instanceof TypeElement type
                && type.getKind().isClass()
                && new Stereotypes(compilation).isController(type)) {
            DataAccess access = new DataAccess(compilation);
            Set<TypeElement> told = heldByControllersAbove(type, access, compilation);
            for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
                TypeElement door = door(field.asType(), access);
                if (door != null) {
                    told.add(door);
                    findings.report(Place.of(field), message(type, door));
                }
            }
            for (VariableElement parameter : injectedParameters(type, compilation)) {
                TypeElement door = door(parameter.asType(), access);
                if (door != null && told.add(door)) {
                    findings.report(Place.of(parameter), message(type, door));
                }
            }
        }
    }

    /** What is reported on a superclass already is passed on to it by the constructor, most likely. */
    private static Set<TypeElement> heldByControllersAbove(
            TypeElement type, DataAccess access, Compilation compilation) {
        Set<TypeElement> held = new HashSet<>();
        for (TypeElement above : compilation.hierarchy().of(type)) {
            if (!above.equals(type) && new Stereotypes(compilation).isController(above)) {
                for (VariableElement field : ElementFilter.fieldsIn(above.getEnclosedElements())) {
                    TypeElement door = door(field.asType(), access);
                    if (door != null) {
                        held.add(door);
                    }
                }
            }
        }
        return held;
    }

    private static Set<VariableElement> injectedParameters(TypeElement type, Compilation compilation) {
        Set<VariableElement> parameters = new LinkedHashSet<>();
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof ExecutableElement method
                    && (method.getKind() == ElementKind.CONSTRUCTOR
                            || compilation.annotations().find(method, INJECTED) != null)) {
                parameters.addAll(method.getParameters());
            }
        }
        return parameters;
    }

    private static @Nullable TypeElement door(TypeMirror type, DataAccess access) {
        return Mentioned.in(type).stream()
                .filter(access::isDataAccess)
                .findFirst()
                .orElse(null);
    }

    private static Message message(TypeElement controller, TypeElement door) {
        return new Message(
                "The controller " + controller.getSimpleName() + " goes to the database by itself, through "
                        + door.getSimpleName(),
                "What it does there has no transaction around it, and nothing but a web request can use it",
                "a @Service that holds " + door.getSimpleName() + ", and in " + controller.getSimpleName()
                        + " that service");
    }
}
