package io.plimsoll.processor.engine;

import io.plimsoll.processor.model.ElementId;
import io.plimsoll.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a finding: it is suppressed, recorded, known from the baseline, or printed. One judge serves
 * a compilation, so that it can say at the end what came out. Not thread-safe, as compilers are not.
 */
final class Judge {

    private final Options options;
    private final Baseline baseline;
    private final Set<String> usedSuppressions = new HashSet<>();
    private final List<String> recorded = new ArrayList<>();
    private int errors;
    private int warnings;
    private int known;
    private int records;

    Judge(Options options) {
        this.options = options;
        this.baseline = options.baseline();
    }

    Options options() {
        return options;
    }

    boolean isOn(Rule rule) {
        return options.severity(rule) != Severity.OFF;
    }

    /**
     * Judges one finding.
     *
     * @param around the declarations around the place, the innermost first
     * @param print shows the finding, if it comes to that
     */
    void judge(
            Rule rule,
            Message message,
            List<? extends Element> around,
            RuntimeNames names,
            BiConsumer<Diagnostic.Kind, String> print) {
        Element suppressing = Suppressions.find(around, rule);
        if (suppressing != null) {
            usedSuppressions.add(key(rule.name(), suppressing, names));
            return;
        }
        String element = around.isEmpty() ? "?" : ElementId.of(around.get(0), names);
        if (options.record()) {
            recorded.add(rule.name() + " " + element);
            records++;
        } else if (baseline.covers(rule, element)) {
            known++;
        } else {
            Severity severity = options.severity(rule);
            if (severity == Severity.ERROR) {
                errors++;
            } else {
                warnings++;
            }
            print.accept(severity.kind(), message.text(rule));
        }
    }

    /** Whether a suppression of this rule on this element has kept a finding back. */
    boolean isUsed(String rule, Element element, RuntimeNames names) {
        return usedSuppressions.contains(key(rule, element, names));
    }

    private static String key(String rule, Element element, RuntimeNames names) {
        return rule + " " + element.getKind() + " " + element.getSimpleName() + " " + ElementId.of(element, names);
    }

    /** Whether the build will fail because of what has been printed. */
    boolean hasErrors() {
        return errors > 0;
    }

    /** What was recorded since the last call. */
    List<String> takeRecords() {
        List<String> taken = List.copyOf(recorded);
        recorded.clear();
        return taken;
    }

    /** {@code 3 errors, 2 warnings, 41 in baseline}; null if there is nothing to say. */
    @Nullable
    String summary() {
        if (options.record()) {
            return "[Plimsoll] " + count(records, "finding") + " recorded, none reported";
        }
        return errors + warnings + known == 0
                ? null
                : "[Plimsoll] " + count(errors, "error") + ", " + count(warnings, "warning") + ", " + known
                        + " in baseline";
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
