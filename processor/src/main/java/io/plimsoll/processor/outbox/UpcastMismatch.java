package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.outbox.Upcast;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Forbids an upcast that does not lead from an older event to a newer one of the same name. */
@AutoService(ElementRule.class)
public final class UpcastMismatch implements ElementRule {

    private static final String WHY = "An old event in the outbox would reach no listener of the new one";

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        Merged upcast = compilation.annotations().find(element, Upcast.class.getName());
        if (upcast != null && element instanceof ExecutableElement method) {
            Message problem = problem(method, compilation);
            if (problem != null) {
                findings.report(Place.of(method, upcast.root(), null), problem);
            }
        }
    }

    private static @Nullable Message problem(ExecutableElement method, Compilation compilation) {
        String name = Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName();
        if (!method.getModifiers().contains(Modifier.STATIC)) {
            return new Message(
                    "The upcast " + name + " is not static",
                    "There is no instance yet that it could be called on",
                    "write 'static' before " + method.getSimpleName());
        }
        int parameters = method.getParameters().size();
        if (parameters != 1) {
            return new Message(
                    "The upcast " + name + " takes " + (parameters == 0 ? "nothing" : parameters + " parameters"),
                    WHY,
                    "one parameter, of the type of the old event");
        }
        return problem(
                name,
                Hierarchy.owner(method),
                method.getParameters().get(0).asType(),
                method.getReturnType(),
                compilation);
    }

    private static @Nullable Message problem(
            String upcast, TypeElement owner, TypeMirror from, TypeMirror to, Compilation compilation) {
        if (from.getKind() == TypeKind.ERROR || to.getKind() == TypeKind.ERROR) {
            return null;
        }
        TypeElement old = type(from);
        TypeElement young = type(to);
        if (old == null || young == null) {
            return unnamed(upcast, old == null ? from.toString() : to.toString(), null);
        }
        for (TypeElement each : new TypeElement[] {old, young}) {
            if (!WireName.isGiven(each, compilation)) {
                return unnamed(upcast, each.getSimpleName().toString(), each);
            }
        }
        WireName before = WireName.of(old, compilation);
        WireName after = WireName.of(young, compilation);
        if (before == null || after == null || !before.isValid() || !after.isValid()) {
            return null; // UnversionedEvent has said so.
        }
        if (!before.name().equals(after.name())) {
            return new Message(
                    "The upcast " + upcast + " makes " + after.text() + " of " + before.text(),
                    WHY + ": versions are looked for under one name",
                    "name = \"" + before.name() + "\" on " + young.getSimpleName());
        }
        if (before.version() >= after.version()) {
            return new Message(
                    "The upcast " + upcast + " leads from version " + before.version() + " to version "
                            + after.version() + " of \"" + after.name() + "\"",
                    WHY,
                    "version = " + (before.version() + 1) + " on " + young.getSimpleName()
                            + ", or the older of the two types as the parameter");
        }
        return owner.equals(young)
                ? null
                : new Message(
                        "The upcast " + upcast + " makes a " + young.getSimpleName() + ", and stands in "
                                + owner.getSimpleName(),
                        WHY + ": it is looked for in the new type",
                        "move it to " + young.getSimpleName());
    }

    private static @Nullable TypeElement type(TypeMirror type) {
        return type instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
    }

    private static Message unnamed(String upcast, String type, @Nullable TypeElement element) {
        return new Message(
                "The upcast " + upcast + " has to do with " + type + ", which has no @EventType",
                WHY + ": events are known by that",
                element == null || !Unversioned.isOwn(element)
                        ? "static OrderPlacedV2 upcast(OrderPlaced old), each with an @EventType"
                        : WireName.annotation(element));
    }
}
