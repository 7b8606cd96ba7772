package io.plimsoll.processor.key;

import io.plimsoll.companion.KeyExpression;
import io.plimsoll.processor.model.Mirrors;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link KeyExpression} on an attribute says.
 *
 * @param variables what an expression may use beside the parameters
 * @param stable whether its value must be the same in another process
 */
record KeyMark(List<String> variables, boolean stable) {

    static final KeyMark PLAIN = new KeyMark(List.of(), true);

    /** Null if the attribute holds no expression. */
    static @Nullable KeyMark of(ExecutableElement attribute) {
        AnnotationMirror mark = Mirrors.written(attribute, KeyExpression.class.getName());
        if (mark == null) {
            return null;
        }
        AnnotationValue variables = Mirrors.value(mark, "variables");
        AnnotationValue stable = Mirrors.value(mark, "stable");
        return new KeyMark(
                variables == null ? List.of() : Mirrors.texts(variables),
                stable == null || !Boolean.FALSE.equals(stable.getValue()));
    }

    /** Whether it is evaluated when the method has returned. */
    boolean afterwards() {
        return !variables.isEmpty();
    }

    /** Whether it says which calls are the same one: then it must tell all others apart. */
    boolean identifies() {
        return stable && !variables.contains(KeyExpression.EVENT);
    }
}
