package io.plimsoll.processor.conflict;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import org.jspecify.annotations.Nullable;

/** Forbids promises that contradict each other, and a budget for work that goes on after the method has returned. */
@AutoService(ElementRule.class)
public final class ConflictingPromises implements ElementRule {

    /** @param on the declaration that carries it: the element, or a method that it overrides */
    private record Found(Merged annotation, Element on) {}

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element instanceof ExecutableElement method && method.getKind() == ElementKind.METHOD) {
            check(
                    element,
                    compilation.hierarchy().declarations(method, Hierarchy.owner(method)),
                    compilation,
                    findings);
            TimedResult.check(method, compilation, findings);
        } else if (element instanceof PackageElement
                || element.getKind().isClass()
                || element.getKind() == ElementKind.INTERFACE) {
            check(element, List.of(element), compilation, findings);
        }
    }

    /** @param inherited the element, and for a method all that it overrides */
    private static void check(
            Element element, List<? extends Element> inherited, Compilation compilation, Findings findings) {
        for (Conflict conflict : Conflict.ALL) {
            List<? extends Element> places = conflict.inherited() ? inherited : List.of(element);
            check(conflict, element, places, compilation, findings);
        }
    }

    private static void check(
            Conflict conflict,
            Element element,
            List<? extends Element> places,
            Compilation compilation,
            Findings findings) {
        Found promise = find(Set.of(conflict.promise()), places, compilation);
        Found other = promise == null ? null : find(conflict.others(), places, compilation);
        if (promise == null || other == null) {
            return;
        }
        if (!other.on.equals(element) && other.on.equals(promise.on)) {
            return; // The declaration that carries both has been told.
        }
        Found here = other.on.equals(element) ? other : promise;
        findings.report(
                here.on.equals(element) ? Place.of(element, here.annotation.root(), null) : Place.of(element),
                new Message(
                        name(element) + " carries both @"
                                + promise.annotation.type().getSimpleName() + " and @"
                                + other.annotation.type().getSimpleName(),
                        conflict.why(),
                        conflict.fix()));
    }

    private static @Nullable Found find(
            Set<String> annotations, List<? extends Element> places, Compilation compilation) {
        for (Element place : places) {
            Merged found = compilation.annotations().find(place, annotations);
            if (found != null) {
                return new Found(found, place);
            }
        }
        return null;
    }

    private static String name(Element element) {
        if (element instanceof PackageElement declared) {
            return "Package " + declared.getQualifiedName();
        }
        return element instanceof ExecutableElement method
                ? Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName()
                : element.getSimpleName().toString();
    }
}
