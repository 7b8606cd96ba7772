package io.plimsoll.processor.key;

import io.plimsoll.companion.KeyExpression;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Merged;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may use.
 *
 * @param site the method, or the type, that it is written on
 * @param variables in the order of the arguments it will be evaluated with
 */
record KeyScope(Element site, List<Variable> variables, KeyMark mark) {

    /** @param type null if it is not known, because something else is wrong */
    record Variable(String name, @Nullable TypeMirror type) {}

    /** The parameters of a method and nothing else. */
    static KeyScope of(ExecutableElement method) {
        return new KeyScope(method, parameters(method), KeyMark.PLAIN);
    }

    /** What an attribute of an annotation may use where the annotation stands. */
    static KeyScope of(Merged annotation, String attribute, KeyMark mark, Element site, Compilation compilation) {
        boolean event = mark.variables().contains(KeyExpression.EVENT);
        if (!(site instanceof ExecutableElement method)) {
            if (!event) {
                throw Refusals.onType(attribute, site.getSimpleName().toString());
            }
            return new KeyScope(site, List.of(new Variable(KeyExpression.EVENT, site.asType())), mark);
        }
        List<Variable> variables = new ArrayList<>(parameters(method));
        if (mark.variables().contains(KeyExpression.RESULT)) {
            variables.add(new Variable(KeyExpression.RESULT, method.getReturnType()));
        }
        if (event) {
            variables.add(new Variable(KeyExpression.EVENT, Events.type(annotation, method, compilation)));
        }
        return new KeyScope(method, variables, mark);
    }

    private static List<Variable> parameters(ExecutableElement method) {
        return method.getParameters().stream()
                .map(each -> new Variable(each.getSimpleName().toString(), each.asType()))
                .toList();
    }

    /** What the variables are called. */
    List<String> names() {
        return variables.stream().map(Variable::name).distinct().toList();
    }

    /** Where among the arguments a variable is; negative if there is none of that name. */
    int position(String name) {
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a parameter has the name of what is there beside the parameters. */
    boolean isTwice(String name) {
        return isParameter(position(name))
                && variables.stream().skip(parameters()).anyMatch(each -> each.name()
                        .equals(name));
    }

    boolean isParameter(int position) {
        return position < parameters();
    }

    private int parameters() {
        return site instanceof ExecutableElement method ? method.getParameters().size() : 0;
    }

    /** Such a variable, for an example. */
    String example() {
        return variables.isEmpty() ? "order" : variables.get(0).name();
    }
}
