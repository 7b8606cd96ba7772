package io.plimsoll.processor.validation;

import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Mirrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Knows who else may validate a body: the controller by hand, or a service it hands the body to. */
final class Validators {

    private static final Set<String> VALIDATORS = Set.of(
            "jakarta.validation.Validator",
            "javax.validation.Validator",
            "jakarta.validation.ValidatorFactory",
            "javax.validation.ValidatorFactory",
            "org.springframework.validation.Validator");

    private static final String VALIDATED = "org.springframework.validation.annotation.Validated";

    private final Compilation compilation;

    Validators(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Whether Spring validates a parameter: by {@code @Validated}, and by any annotation that is called Valid... */
    boolean isValidated(VariableElement parameter) {
        return parameter.getAnnotationMirrors().stream().anyMatch(Validators::isTrigger)
                || compilation.annotations().find(parameter, VALIDATED) != null
                || Constraints.isCascaded(parameter.asType());
    }

    private static boolean isTrigger(AnnotationMirror mirror) {
        return Mirrors.type(mirror) == null
                || mirror.getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .toString()
                        .startsWith("Valid");
    }

    /** Whether a controller holds a validator, or something that takes such a body and validates it. */
    boolean isValidatedInside(TypeElement controller, TypeMirror body) {
        return collaborators(controller).stream().anyMatch(each -> isValidator(each) || validates(each, body));
    }

    private List<TypeElement> collaborators(TypeElement controller) {
        List<VariableElement> places = new ArrayList<>();
        for (TypeElement each : compilation.hierarchy().of(controller)) {
            places.addAll(ElementFilter.fieldsIn(each.getEnclosedElements()));
        }
        ElementFilter.constructorsIn(controller.getEnclosedElements())
                .forEach(constructor -> places.addAll(constructor.getParameters()));
        List<TypeElement> types = new ArrayList<>();
        for (VariableElement place : places) {
            if (place.asType() instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement type
                    && type.getKind() != ElementKind.ENUM) {
                types.add(type);
            }
        }
        return types;
    }

    private boolean isValidator(TypeElement type) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each -> VALIDATORS.contains(each.getQualifiedName().toString()));
    }

    private boolean validates(TypeElement collaborator, TypeMirror body) {
        return compilation.hierarchy().of(collaborator).stream()
                .map(Element::getEnclosedElements)
                .flatMap(members -> ElementFilter.methodsIn(members).stream())
                .map(ExecutableElement::getParameters)
                .anyMatch(parameters ->
                        parameters.stream().anyMatch(each -> isErasureOf(each.asType(), body) && isValidated(each)));
    }

    private boolean isErasureOf(TypeMirror type, TypeMirror body) {
        return compilation
                .types()
                .isSameType(
                        compilation.types().erasure(type), compilation.types().erasure(body));
    }
}
