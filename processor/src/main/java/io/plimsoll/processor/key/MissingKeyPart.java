package io.plimsoll.processor.key;

import com.google.auto.service.AutoService;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Forbids a key that leaves out a parameter which is a {@link io.plimsoll.key.KeyPart}: the scope counts as well. */
@AutoService(ElementRule.class)
public final class MissingKeyPart implements ElementRule {

    private static final Set<String> PARTS = Set.of("key", "scope");
    private static final String AUTHENTICATED = "org.springframework.security.core.annotation.AuthenticationPrincipal";

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (!(element instanceof ExecutableElement method)
                || method.getKind() != ElementKind.METHOD
                || method.getParameters().isEmpty()) {
            return;
        }
        for (Merged annotation : compilation.annotations().on(method)) {
            if (hasKey(annotation.type())) {
                check(annotation, method, compilation, findings);
            }
        }
    }

    /** A key that only orders events may well leave something out. */
    private static boolean hasKey(TypeElement annotation) {
        return ElementFilter.methodsIn(annotation.getEnclosedElements()).stream()
                .filter(each -> each.getSimpleName().contentEquals("key"))
                .map(KeyMark::of)
                .anyMatch(mark -> mark != null && mark.identifies());
    }

    private static void check(Merged annotation, ExecutableElement method, Compilation compilation, Findings findings) {
        List<MarkedParameter> marked = MarkedParameter.of(method, compilation);
        if (marked.isEmpty()) {
            return;
        }
        boolean handler = new CallsFromOutside(compilation).isMapped(method, Hierarchy.owner(method));
        List<KeyUse> uses = KeyUse.on(method, compilation).stream()
                .filter(use -> annotation.root().equals(use.place().annotation()) && PARTS.contains(use.attribute()))
                .toList();
        if (!isCertain(annotation, uses, handler)) {
            return;
        }
        List<MarkedParameter> missing = marked.stream()
                .filter(each -> uses.stream().noneMatch(use -> each.isIn(use.compiled(), method, compilation)))
                .filter(each -> !handler || !isUser(each, compilation))
                .toList();
        if (!missing.isEmpty()) {
            KeyUse use = uses.stream()
                    .min(Comparator.comparing(KeyUse::attribute)) // The key before the scope.
                    .orElse(null);
            Place place = use == null ? Place.of(method, annotation.root(), null) : use.place();
            findings.report(place, message(missing, use, method, compilation));
        }
    }

    /** A key that is refused anyway, or that uses no parameter at all, is the business of other rules. */
    private static boolean isCertain(Merged annotation, List<KeyUse> uses, boolean handler) {
        boolean fromRequest = uses.stream().noneMatch(use -> use.attribute().equals("key"));
        return uses.stream().noneMatch(use -> use.compiled().problem() != null)
                && uses.stream()
                        .noneMatch(use ->
                                use.attribute().equals("key") && use.compiled().constant())
                && (!fromRequest
                        || (handler && annotation.type().getQualifiedName().contentEquals(Idempotent.class.getName())));
    }

    /** The authenticated user is a part of the key of every request, without being named. */
    private static boolean isUser(MarkedParameter marked, Compilation compilation) {
        return compilation.annotations().find(marked.parameter(), AUTHENTICATED) != null
                || (marked.parameter().asType() instanceof DeclaredType type
                        && compilation.hierarchy().of((TypeElement) type.asElement()).stream()
                                .anyMatch(each -> each.getQualifiedName().contentEquals("java.security.Principal")));
    }

    private static Message message(
            List<MarkedParameter> missing, @Nullable KeyUse use, ExecutableElement method, Compilation compilation) {
        String names =
                String.join(" and ", missing.stream().map(MarkedParameter::name).toList());
        boolean one = missing.size() == 1;
        String subject = use == null || !use.attribute().equals("key")
                ? "The key of " + Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName()
                        + ", which comes with the request,"
                : use.subject();
        return new Message(
                subject + " leaves out " + names + ", " + (one ? "a @KeyPart" : "each of them a @KeyPart"),
                "Two calls that differ in nothing else count as one, and the second does not run",
                fix(missing, use, method, compilation));
    }

    private static String fix(
            List<MarkedParameter> missing, @Nullable KeyUse use, ExecutableElement method, Compilation compilation) {
        String parts = String.join(
                ", ",
                missing.stream()
                        .map(each -> KeyCompletion.readable(each.name(), method, compilation))
                        .toList());
        if (use == null) {
            return "scope = \"" + (missing.size() == 1 ? parts : "{" + parts + "}") + "\"";
        }
        return "did you mean " + use.attribute() + " = \"" + KeyCompletion.with(parts, use.text()) + "\"?";
    }
}
