package io.plimsoll.processor.duration;

import io.plimsoll.companion.DurationString;
import io.plimsoll.processor.model.Aliases;
import io.plimsoll.processor.model.Mirrors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Finds out which attributes hold durations: those that say so, and those that {@code @AliasFor} leads there. */
final class DurationAttributes {

    private DurationAttributes() {}

    /**
     * @param zeroAllowed as {@link DurationString#zeroAllowed()}
     * @param emptyAllowed whether the empty string means "not set"
     */
    record Limits(boolean zeroAllowed, boolean emptyAllowed) {}

    /** What is asked of an attribute, or null if it is no duration. */
    static @Nullable Limits limits(ExecutableElement attribute) {
        for (ExecutableElement target : Aliases.targets(attribute)) {
            AnnotationMirror mark = Mirrors.written(target, DurationString.class.getName());
            if (mark != null) {
                AnnotationValue zeroAllowed = Mirrors.value(mark, "zeroAllowed");
                AnnotationValue fallback = target.getDefaultValue();
                return new Limits(
                        zeroAllowed != null && Boolean.TRUE.equals(zeroAllowed.getValue()),
                        fallback != null && "".equals(fallback.getValue()));
            }
        }
        return null;
    }
}
