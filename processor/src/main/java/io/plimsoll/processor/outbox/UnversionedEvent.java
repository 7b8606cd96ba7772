package io.plimsoll.processor.outbox;

import com.google.auto.service.AutoService;
import io.plimsoll.processor.engine.ElementRule;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.key.Events;
import io.plimsoll.processor.model.Compilation;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Forbids an event without a name and a version of its own. */
@AutoService(ElementRule.class)
public final class UnversionedEvent implements ElementRule {

    @Override
    public void check(Element element, Compilation compilation, Findings findings) {
        if (element instanceof TypeElement type && type.getKind() != ElementKind.ANNOTATION_TYPE) {
            checkName(type, compilation, findings);
        }
        Published published = Published.find(element, compilation);
        TypeMirror event =
                published == null ? null : Events.type(published.annotation(), published.element(), compilation);
        TypeElement unversioned = event == null ? null : new Unversioned(compilation).in(event);
        if (published != null && event != null && unversioned != null) {
            findings.report(published.place("payload"), missing(published, event, unversioned, compilation));
        }
    }

    private static void checkName(TypeElement type, Compilation compilation, Findings findings) {
        WireName name = WireName.of(type, compilation);
        if (name == null) {
            return;
        }
        if (name.name().isBlank()) {
            findings.report(
                    Place.of(type, name.annotation().root(), name.annotation().writtenValue("name")),
                    new Message(
                            "The name of " + type.getSimpleName() + " is blank",
                            "Consumers tell events apart by it",
                            "did you mean \"" + WireName.proposal(type) + "\"?"));
        } else if (name.version() < 1) {
            findings.report(
                    Place.of(type, name.annotation().root(), name.annotation().writtenValue("version")),
                    new Message(
                            "The version of " + type.getSimpleName() + " is " + name.version(),
                            "Versions count from 1, so that a later one is known by its number",
                            "version = 1"));
        } else {
            TypeElement other = other(type, name, compilation);
            if (other != null) {
                findings.report(
                        Place.of(
                                type,
                                name.annotation().root(),
                                name.annotation().writtenValue("name")),
                        taken(type, other, name));
            }
        }
    }

    private record Names() {}

    /** Another type of this compilation that says the same. */
    private static @Nullable TypeElement other(TypeElement type, WireName name, Compilation compilation) {
        List<TypeElement> named = compilation.memo().get(new Names(), () -> compilation.sources().stream()
                .filter(each -> each.getKind() != ElementKind.ANNOTATION_TYPE)
                .filter(each -> WireName.of(each, compilation) != null)
                .toList());
        return named.stream()
                .filter(each -> !each.equals(type))
                .filter(each -> {
                    WireName theirs = WireName.of(each, compilation);
                    return theirs != null && theirs.isSameAs(name);
                })
                .findFirst()
                .orElse(null);
    }

    private static Message taken(TypeElement type, TypeElement other, WireName name) {
        return new Message(
                type.getSimpleName() + " and " + other.getSimpleName() + " are both " + name.text(),
                "A consumer cannot tell one from the other, and reads the wrong fields",
                "another name for one of the two, or version = " + (name.version() + 1) + " if it is the newer one");
    }

    private static Message missing(
            Published published, TypeMirror event, TypeElement unversioned, Compilation compilation) {
        String name = unversioned.getSimpleName().toString();
        boolean itself = event instanceof DeclaredType declared
                && declared.asElement().equals(unversioned)
                && unversioned.equals(published.element());
        boolean permitted =
                event instanceof DeclaredType declared && !declared.asElement().equals(unversioned);
        String all = permitted ? ((DeclaredType) event).asElement().getSimpleName() + ", of which " + name : name;
        String lack = WireName.isGiven(unversioned, compilation)
                ? " has an @EventType without a name or a version from 1"
                : " has no @EventType";
        return new Message(
                itself
                        ? name + " is @Outboxed and" + lack
                        : published.name() + " publishes " + all + (permitted ? "" : ", which") + lack,
                "On the wire it would be called as the class is, and the next refactoring changes that under those who"
                        + " wait for it",
                Unversioned.isOwn(unversioned)
                        ? WireName.annotation(unversioned)
                        : "an event of its own, such as @EventType(name = \"order.placed\", version = 1) record"
                                + " OrderPlaced(" + name + " order) {}");
    }
}
