package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Compilation;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;

/** Runs the rules over declarations and prints what they find. */
final class ElementChecks {

    private final List<ElementRule> rules;
    private final Options options;
    private final Messager messager;
    private final Guard guard;
    private boolean hasErrors;

    ElementChecks(List<ElementRule> rules, Options options, Messager messager, Guard guard) {
        this.rules = rules.stream()
                .filter(rule -> options.severity(rule) != Severity.OFF)
                .toList();
        this.options = options;
        this.messager = messager;
        this.guard = guard;
    }

    /** Checks an element and all that is declared in it. */
    void check(Element element, Compilation compilation) {
        for (ElementRule rule : rules) {
            guard.run(
                    rule.name(),
                    () -> rule.check(element, compilation, (place, message) -> print(rule, place, message)));
        }
        if (element.getKind() == ElementKind.PACKAGE) {
            return; // Its types come by themselves.
        }
        for (Element member : element.getEnclosedElements()) {
            // The annotations of a record component come again on its field, its accessor and its parameter.
            if (member.getKind() != ElementKind.RECORD_COMPONENT) {
                check(member, compilation);
            }
        }
        if (element instanceof ExecutableElement method) {
            method.getParameters().forEach(parameter -> check(parameter, compilation));
        }
    }

    /** Whether every rule has what it needs for an element. A rule that fails inside says so when it checks. */
    boolean canJudge(Element element, Compilation compilation) {
        boolean[] can = {true};
        for (ElementRule rule : rules) {
            guard.run(rule.name(), () -> can[0] &= rule.canJudge(element, compilation));
        }
        return can[0];
    }

    /** Whether the build will fail because of what has been printed. */
    boolean hasErrors() {
        return hasErrors;
    }

    private void print(Rule rule, Place place, Message message) {
        if (!Suppressions.covers(place.element(), rule)) {
            hasErrors |= options.severity(rule) == Severity.ERROR;
            messager.printMessage(
                    options.severity(rule).kind(),
                    message.text(rule),
                    place.element(),
                    place.annotation(),
                    place.value());
        }
    }
}
