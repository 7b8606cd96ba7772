package io.plimsoll.processor.secret;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Finds the name of what a literal is given to, if it is that of a credential. */
final class Uses {

    private static final Pattern SETTER = Pattern.compile("(?:set|with|add)([A-Z]\\w*)");

    private static final Pattern PROPERTY = Pattern.compile("[a-z]+(Key|Secret|Token|Password)?");

    /** They take a name and a value. */
    private static final Set<String> PUTS = Set.of(
            "put",
            "putIfAbsent",
            "set",
            "add",
            "with",
            "header",
            "setHeader",
            "addHeader",
            "setProperty",
            "property",
            "queryParam",
            "param",
            "addParameter",
            "setParameter",
            "of",
            "entry");

    private static final Set<String> CONVERSIONS = Set.of("toCharArray", "getBytes", "trim");

    /** Those whose parameters have lost their names: what takes the password is the last argument. */
    private static final Set<String> LAST_IS_PASSWORD = Set.of(
            "getConnection",
            "setBasicAuth",
            "withBasicAuth",
            "basicAuth",
            "basicAuthentication",
            "PasswordAuthentication",
            "UsernamePasswordCredentials");

    private final Code code;

    Uses(Code code) {
        this.code = code;
    }

    /** The name, as it is written; null if the literal is for something else. */
    @Nullable
    String name(TreePath literal) {
        TreePath value = whole(literal);
        Tree user = value.getParentPath().getLeaf();
        String name = null;
        if (user instanceof VariableTree variable && variable.getInitializer() == value.getLeaf()) {
            name = variable.getName().toString();
        } else if (user instanceof AssignmentTree assignment && assignment.getExpression() == value.getLeaf()) {
            name = last(assignment.getVariable());
        } else if (user instanceof MethodInvocationTree call) {
            return argument(value, last(call.getMethodSelect()), call.getArguments());
        } else if (user instanceof NewClassTree call) {
            return argument(value, last(call.getIdentifier()), call.getArguments());
        }
        return name != null && Names.isSecret(name) ? name : null;
    }

    /** With what only changes its form: parentheses, {@code toCharArray()}, the braces of an annotation's attribute. */
    private static TreePath whole(TreePath literal) {
        TreePath value = literal;
        while (true) {
            TreePath outer = value.getParentPath();
            if (outer.getLeaf() instanceof MemberSelectTree select
                    && CONVERSIONS.contains(select.getIdentifier().toString())) {
                value = outer.getParentPath();
            } else if (outer.getLeaf() instanceof ParenthesizedTree || outer.getLeaf() instanceof NewArrayTree) {
                value = outer;
            } else {
                return value;
            }
        }
    }

    private @Nullable String argument(TreePath value, String method, List<? extends ExpressionTree> arguments) {
        int position = arguments.indexOf(value.getLeaf());
        if (position < 0) {
            return null;
        }
        if (arguments.size() == 1) {
            String property = property(method);
            if (Names.isSecret(property)) {
                return property;
            }
        }
        if (PUTS.contains(method) && position > 0) {
            Object key = code.constant(new TreePath(value.getParentPath(), arguments.get(position - 1)));
            return position % 2 == 1 && key instanceof String text && Names.isSecret(text) ? text : null;
        }
        if (LAST_IS_PASSWORD.contains(method) && arguments.size() > 1) {
            return position == arguments.size() - 1 ? "password" : null;
        }
        return parameter(value.getParentPath(), position);
    }

    /** {@code setPassword} and {@code withPassword}, and {@code password} of a builder. */
    private static String property(String method) {
        Matcher setter = SETTER.matcher(method);
        return setter.matches() ? setter.group(1) : PROPERTY.matcher(method).matches() ? method : "";
    }

    private @Nullable String parameter(TreePath call, int position) {
        ExecutableElement called = code.called(call);
        if (called == null || position >= called.getParameters().size()) {
            return null;
        }
        String name = called.getParameters().get(position).getSimpleName().toString();
        return Names.isSecret(name) ? name : null;
    }

    private static String last(Tree expression) {
        if (expression instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        return expression instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : "";
    }
}
