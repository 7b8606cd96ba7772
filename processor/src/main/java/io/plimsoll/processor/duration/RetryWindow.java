package io.plimsoll.processor.duration;

import io.plimsoll.companion.DurationParser;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Place;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.timeout.Timeout;
import java.time.Duration;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Compares how long an outcome is kept, which counts from the beginning of the call, with how long the same method says
 * that a call, or the wait for it, may take. What a property holds is not known here.
 */
final class RetryWindow {

    private RetryWindow() {}

    /** @param text as it is written */
    private record Written(String text, Duration duration) {

        boolean isLess(@Nullable Written other) {
            return other != null && duration.compareTo(other.duration) < 0;
        }
    }

    static void check(ExecutableElement method, Compilation compilation, Findings findings) {
        Merged promise = compilation.annotations().find(method, Idempotent.class.getName());
        Written ttl = promise == null ? null : written(promise.value("ttl"));
        if (promise == null || ttl == null) {
            return;
        }
        Merged timeout = compilation.annotations().find(method, Timeout.class.getName());
        Written budget = timeout == null ? null : written(timeout.value("value"));
        Written wait = waits(promise) ? written(promise.value("maxWait")) : null;
        boolean budgetIsLonger = ttl.isLess(budget);
        Written longer = budgetIsLonger ? budget : wait;
        if (longer != null && ttl.isLess(longer)) {
            String what =
                    "ttl \"" + ttl.text + "\" of " + Hierarchy.owner(method).getSimpleName() + "."
                            + method.getSimpleName() + " is shorter than the " + longer.text
                            + (budgetIsLonger ? " that @Timeout allows" : " that a duplicate waits");
            boolean days = !longer.isLess(new Written("24h", Duration.ofHours(24)));
            findings.report(
                    Place.of(method, promise.root(), promise.writtenValue("ttl")),
                    new Message(
                            what,
                            "It counts from the beginning of the call: the outcome may be forgotten when it is there,"
                                    + " and a repeated call runs again",
                            "a ttl longer than any client may retry, such as \"" + (days ? "30d" : "24h") + "\""));
        }
    }

    private static boolean waits(Merged promise) {
        AnnotationValue value = promise.value("onDuplicate");
        return value != null
                && value.getValue() instanceof VariableElement constant
                && constant.getSimpleName().contentEquals("WAIT");
    }

    /** A positive duration that is written down; else null. */
    private static @Nullable Written written(@Nullable AnnotationValue value) {
        if (value == null || !(value.getValue() instanceof String text)) {
            return null;
        }
        try {
            Duration found = DurationParser.parse(text);
            return found.isZero() || found.isNegative() ? null : new Written(text, found);
        } catch (IllegalArgumentException e) {
            return null; // A placeholder, or what this rule has another word for.
        }
    }
}
