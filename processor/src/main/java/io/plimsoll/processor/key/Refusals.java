package io.plimsoll.processor.key;

import io.plimsoll.companion.KeyExpression;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpDivide;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.OpMinus;
import org.springframework.expression.spel.ast.OpModulus;
import org.springframework.expression.spel.ast.OpMultiply;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.OperatorBetween;
import org.springframework.expression.spel.ast.OperatorInstanceof;
import org.springframework.expression.spel.ast.OperatorMatches;
import org.springframework.expression.spel.ast.OperatorPower;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;

/** What SpEL can do and a key expression cannot, and what to write instead. */
final class Refusals {

    /** Arithmetic, by where it may be moved to: a method can do it, with tests. */
    private static final List<Class<? extends SpelNode>> ARITHMETIC = List.of(
            OpMinus.class,
            OpMultiply.class,
            OpDivide.class,
            OpModulus.class,
            OperatorPower.class,
            OpPlus.class,
            OpInc.class,
            OpDec.class);

    private Refusals() {}

    static KeyProblem construct(SpelNode node) {
        String[] words = words(node);
        return KeyProblem.unresolvable(
                node.toStringAST() + " " + words[0] + ", which a key expression cannot", words[1]);
    }

    private static String[] words(SpelNode node) {
        String method = "a method of the parameter that does it, such as \"#order.key()\"";
        if (node instanceof TypeReference) {
            return new String[] {"refers to a type", method};
        }
        if (node instanceof ConstructorReference) {
            return new String[] {"creates an object", "a list such as \"{#a, #b}\" for a key of several parts"};
        }
        if (node instanceof BeanReference) {
            return new String[] {"refers to a bean", method};
        }
        if (node instanceof Assign) {
            return new String[] {"assigns", "== to compare"};
        }
        if (node instanceof Projection || node instanceof Selection) {
            return new String[] {"walks through a collection", method};
        }
        if (node instanceof OperatorMatches) {
            return new String[] {"matches a regular expression", method};
        }
        if (node instanceof OperatorInstanceof) {
            return new String[] {"asks for a class", method};
        }
        if (node instanceof OperatorBetween) {
            return new String[] {"uses between", ">= and <="};
        }
        if (node instanceof InlineMap) {
            return new String[] {"makes a map", "a list such as \"{#a, #b}\""};
        }
        if (node instanceof FunctionReference) {
            return new String[] {"calls a function", method};
        }
        if (ARITHMETIC.contains(node.getClass())) {
            return new String[] {"calculates", method};
        }
        return new String[] {"uses " + node.getClass().getSimpleName(), method};
    }

    /** A name that stands alone: SpEL would ask a root object. */
    static KeyProblem noReceiver(SpelNode node, String name, List<String> parameters, String better) {
        return KeyProblem.unresolvable(
                node.toStringAST() + " is a member of nothing",
                parameters.contains(name)
                        ? "did you mean \"" + better + "\"?"
                        : "\"#parameter." + node.toStringAST() + "\", or quotes around a text: \"'" + name + "'\"");
    }

    /** An attribute that only a method can have, on a type. */
    static KeyProblem onType(String attribute, String type) {
        return KeyProblem.unresolvable(
                attribute + " is of what a method returns, and " + type + " is no method: it is the event itself",
                "delete " + attribute + ", or put the annotation on the method that returns the event");
    }

    /** A parameter with the name of something else. */
    static KeyProblem twice(String name, KeyScope scope) {
        return KeyProblem.unresolvable(
                "#" + name + " is a parameter of " + scope.site().getSimpleName() + ", and also "
                        + (name.equals(KeyExpression.RESULT) ? "what it returns" : "the event that it publishes"),
                "rename the parameter");
    }

    /** What a method without a result would have given. */
    static KeyProblem nothing(String name, KeyScope scope) {
        String method = scope.site().getSimpleName().toString();
        return KeyProblem.unresolvable(
                "There is no #" + name + ", since " + method + " returns nothing",
                "return the event from " + method + ", or call Outbox.publish(...) in it");
    }

    /** A variable that is not there. */
    static KeyProblem unknown(String name, String fix, KeyScope scope) {
        String site = scope.site().getSimpleName().toString();
        return KeyProblem.unresolvable(
                scope.site() instanceof ExecutableElement
                        ? site + " has no parameter " + name
                        : "There is no #" + name + " on " + site,
                fix);
    }

    /** A variable that SpEL or one of its users defines, and that is not there. Null if the name is none of those. */
    static @Nullable KeyProblem variable(String name, KeyScope scope) {
        String instead = (scope.site() instanceof ExecutableElement ? "a parameter of the method, such as " : "")
                + "\"#" + scope.example() + "\"";
        if (name.equals(KeyExpression.RESULT) || name.equals(KeyExpression.EVENT)) {
            return notHere(name, scope, instead);
        }
        if (name.equals("root") || name.equals("this")) {
            return KeyProblem.unresolvable("#" + name + " does not exist in a key expression", instead);
        }
        if (name.matches("[ap]\\d{1,3}")) {
            int position = Integer.parseInt(name.substring(1));
            return KeyProblem.unresolvable(
                    "#" + name + " counts parameters, which breaks when one is added",
                    position < scope.variables().size()
                            ? "\"#" + scope.variables().get(position).name() + "\""
                            : "the name of a parameter");
        }
        return null;
    }

    private static KeyProblem notHere(String name, KeyScope scope, String instead) {
        if (!(scope.site() instanceof ExecutableElement)) {
            return KeyProblem.unresolvable(
                    "There is no #" + name + " on a type, which is given to the publisher and returned by no method",
                    "\"#event\", which is the " + scope.site().getSimpleName());
        }
        if (scope.mark().afterwards()) {
            return KeyProblem.unresolvable(
                    "#" + name + " does not exist yet: this expression says what it is", "\"#result\"");
        }
        return KeyProblem.unresolvable(
                "#" + name + " does not exist yet: the key is needed before the method runs", instead);
    }
}
