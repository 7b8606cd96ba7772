package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.RuntimeNames;
import io.plimsoll.processor.model.Suggestions;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Forbids {@code @SuppressWarnings("plimsoll:...")} that keeps nothing back, or names no rule. It looks at what the
 * other rules have left, so it is the engine that asks it, once for declarations and once for bodies.
 */
final class UnusedSuppression implements Rule {

    static final UnusedSuppression RULE = new UnusedSuppression();

    private UnusedSuppression() {}

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    /**
     * What is wrong with a suppression, or null.
     *
     * @param judged whether a rule has been asked about all that the suppression covers
     */
    static @Nullable Message problem(
            Suppressions.Token token,
            Element on,
            List<Rule> rules,
            Judge judge,
            RuntimeNames names,
            Predicate<Rule> judged) {
        for (Rule rule : rules) {
            if (rule.name().equals(token.rule())) {
                return judge.isOn(rule) && judged.test(rule) && !judge.isUsed(token.rule(), on, names)
                        ? unused(token.rule())
                        : null;
            }
        }
        return null;
    }

    /** What is wrong with a suppression that names no rule, or null if it names one. */
    static @Nullable Message unknown(Suppressions.Token token, List<Rule> rules) {
        List<String> known = rules.stream().map(Rule::name).toList();
        if (known.contains(token.rule())) {
            return null;
        }
        String nearest = Suggestions.nearest(token.rule(), known);
        return new Message(
                "\"plimsoll:" + token.rule() + "\" names no rule",
                "It suppresses nothing, whatever it was written for",
                nearest == null
                        ? "delete it, or write the name that stands in the brackets of the message"
                        : "did you mean \"plimsoll:" + nearest + "\"?");
    }

    private static Message unused(String rule) {
        return new Message(
                "Nothing here is suppressed by \"plimsoll:" + rule + "\"",
                "The reason it was written for is gone, and the next mistake would pass unseen",
                "delete \"plimsoll:" + rule + "\"");
    }
}
