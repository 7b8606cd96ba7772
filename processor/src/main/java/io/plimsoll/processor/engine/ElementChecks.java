package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.Compilation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;

/** Runs the rules over declarations and prints what they find. */
final class ElementChecks {

    private final List<ElementRule> rules;
    private final List<Rule> allRules;
    private final Judge judge;
    private final Messager messager;
    private final ToLongFunction<Place> position;
    private final Guard guard;

    /** @param position where a place begins in its source; the same for all if that cannot be known */
    ElementChecks(
            List<ElementRule> rules,
            List<Rule> allRules,
            Judge judge,
            Messager messager,
            ToLongFunction<Place> position,
            Guard guard) {
        this.rules = rules.stream().filter(judge::isOn).toList();
        this.allRules = allRules;
        this.judge = judge;
        this.messager = messager;
        this.position = position;
        this.guard = guard;
    }

    private record Finding(Rule rule, Place place, Message message) {}

    /** Checks a package, or a top-level type with all that is declared in it. */
    void check(Element root, Compilation compilation) {
        List<Element> elements = new ArrayList<>();
        collect(root, elements);
        Set<Finding> found = new LinkedHashSet<>();
        for (Element element : elements) {
            for (ElementRule rule : rules) {
                guard.run(
                        rule::name,
                        () -> rule.check(
                                element,
                                compilation,
                                (place, message) -> found.add(new Finding(rule, place, message))));
            }
        }
        print(found, compilation);
        print(suppressions(elements, compilation), compilation);
    }

    private static void collect(Element element, List<Element> elements) {
        elements.add(element);
        if (element.getKind() == ElementKind.PACKAGE) {
            return; // Its types come by themselves.
        }
        for (Element member : element.getEnclosedElements()) {
            // The annotations of a record component come again on its field, its accessor and its parameter.
            if (member.getKind() != ElementKind.RECORD_COMPONENT) {
                collect(member, elements);
            }
        }
        if (element instanceof ExecutableElement method) {
            elements.addAll(method.getParameters());
        }
    }

    /** Whether every rule has what it needs for an element. A rule that fails inside says so when it checks. */
    boolean canJudge(Element element, Compilation compilation) {
        boolean[] can = {true};
        for (ElementRule rule : rules) {
            guard.run(rule::name, () -> can[0] &= rule.canJudge(element, compilation));
        }
        return can[0];
    }

    private Set<Finding> suppressions(List<Element> elements, Compilation compilation) {
        Set<Finding> found = new LinkedHashSet<>();
        if (!judge.isOn(UnusedSuppression.RULE)) {
            return found;
        }
        for (Element element : elements) {
            List<Suppressions.Token> tokens = Suppressions.on(element);
            if (tokens.isEmpty() || isCopyFromComponent(element)) {
                continue;
            }
            for (Suppressions.Token token : tokens) {
                Message message = UnusedSuppression.unknown(token, allRules);
                if (message == null) {
                    message = UnusedSuppression.problem(
                            token,
                            element,
                            allRules,
                            judge,
                            compilation.names(),
                            rule -> rule instanceof ElementRule && !guard.hasFailed(rule.name()));
                }
                if (message != null) {
                    Place place = Place.of(element, token.annotation(), token.value());
                    found.add(new Finding(UnusedSuppression.RULE, place, message));
                }
            }
        }
        return found;
    }

    /** What is written on a component of a record stands on several elements, of which one may have needed it. */
    private static boolean isCopyFromComponent(Element element) {
        Element owner = element.getEnclosingElement();
        if (owner != null && element.getKind() == ElementKind.PARAMETER) {
            owner = owner.getEnclosingElement();
        }
        return owner != null
                && owner.getKind() == ElementKind.RECORD
                && owner.getEnclosedElements().stream()
                        .anyMatch(each -> each.getKind() == ElementKind.RECORD_COMPONENT
                                && each.getSimpleName().equals(element.getSimpleName()));
    }

    /** In the order of the source, if that can be known, and else as found. */
    private void print(Set<Finding> found, Compilation compilation) {
        if (found.isEmpty()) {
            return;
        }
        found.stream()
                .sorted(Comparator.comparingLong(each -> position.applyAsLong(each.place())))
                .forEach(each -> judge.judge(
                        each.rule(),
                        each.message(),
                        Suppressions.around(each.place().element()),
                        compilation.names(),
                        (kind, text) -> messager.printMessage(
                                kind,
                                text,
                                each.place().element(),
                                each.place().annotation(),
                                each.place().value())));
    }
}
