package io.plimsoll.processor.tree;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Who is handed a piece of code, and when that runs. */
public final class Lambdas {

    /** Streams, collections, optionals: what they are given runs before the statement ends, on this thread's time. */
    private static final Pattern AT_ONCE = Pattern.compile("java\\.util\\.(?:stream\\.)?\\w+");

    /** Not those that only put functions together. */
    private static final Set<String> LATER = Set.of("java.util.Comparator", "java.util.Timer");

    private static final Set<String> OTHERS_AT_ONCE = Set.of(
            "java.lang.Iterable", "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentMap");

    private Lambdas() {}

    /**
     * The call that has a lambda, a method reference or a new object among its arguments.
     *
     * @return null if it is stored, returned or anything else
     */
    public static @Nullable TreePath taker(TreePath argument) {
        TreePath parent = argument.getParentPath();
        if (parent.getLeaf() instanceof ParenthesizedTree || parent.getLeaf() instanceof TypeCastTree) {
            return taker(parent);
        }
        return parent.getLeaf() instanceof MethodInvocationTree call
                        && argument.getLeaf() instanceof ExpressionTree expression
                        && call.getArguments().contains(expression)
                ? parent
                : null;
    }

    /** Whether a call runs what it is given at once, while the caller waits. When in doubt it does not. */
    public static boolean runsAtOnce(TreePath taker, Code code) {
        ExecutableElement method = code.called(taker);
        if (method == null) {
            return false;
        }
        String owner = Hierarchy.owner(method).getQualifiedName().toString();
        return OTHERS_AT_ONCE.contains(owner) || (AT_ONCE.matcher(owner).matches() && !LATER.contains(owner));
    }
}
