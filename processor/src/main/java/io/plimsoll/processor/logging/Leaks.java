package io.plimsoll.processor.logging;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Finds what is sensitive in an expression whose text will be read by others. */
final class Leaks {

    /**
     * @param place the very part of the expression
     * @param what what it is called
     */
    record Leak(TreePath place, String what) {}

    /** Of the JDK: their result holds the texts of what they are given, and of what they are called on. */
    private static final Set<String> PASS_ON = Set.of(
            "toString",
            "valueOf",
            "format",
            "formatted",
            "concat",
            "join",
            "trim",
            "strip",
            "toLowerCase",
            "toUpperCase",
            "of",
            "asList",
            "entry",
            "ofNullable");

    private static final String STRUCTURED = "net.logstash.logback.argument.StructuredArguments";

    private final Code code;
    private final Marks marks;
    private final List<Leak> found = new ArrayList<>();

    Leaks(Code code, Marks marks) {
        this.code = code;
        this.marks = marks;
    }

    /** All that is sensitive in an expression, from left to right. */
    List<Leak> in(TreePath expression) {
        found.clear();
        visit(expression);
        return List.copyOf(found);
    }

    private void visit(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof ParenthesizedTree inner) {
            visit(path, inner.getExpression());
        } else if (tree instanceof TypeCastTree cast) {
            visit(path, cast.getExpression());
        } else if (tree instanceof ConditionalExpressionTree choice) {
            visit(path, choice.getTrueExpression());
            visit(path, choice.getFalseExpression());
        } else if (tree instanceof BinaryTree sum) {
            // Whatever else two operands give - a comparison, a number - is not the value.
            if (tree.getKind() == Tree.Kind.PLUS) {
                visit(path, sum.getLeftOperand());
                visit(path, sum.getRightOperand());
            }
        } else if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
            array.getInitializers().forEach(each -> visit(path, each));
        } else if (tree instanceof LambdaExpressionTree supplier) {
            visit(path, supplier.getBody());
        } else if (tree instanceof MethodInvocationTree call && passesOn(path)) {
            if (call.getMethodSelect() instanceof MemberSelectTree select) {
                visit(new TreePath(path, select), select.getExpression());
            }
            call.getArguments().forEach(argument -> visit(path, argument));
        } else if (tree instanceof MemberReferenceTree) {
            ExecutableElement method = code.called(path);
            report(path, method == null ? null : marks.of(method));
        } else if (tree instanceof ExpressionTree) {
            report(path, marks.of(path));
        }
    }

    private void visit(TreePath outer, Tree inner) {
        visit(new TreePath(outer, inner));
    }

    private void report(TreePath place, @Nullable String what) {
        if (what != null) {
            found.add(new Leak(Code.name(place), what));
        }
    }

    private boolean passesOn(TreePath call) {
        Element method = code.called(call);
        if (!(method instanceof ExecutableElement called)) {
            return false;
        }
        String owner = Hierarchy.owner(called).getQualifiedName().toString();
        return owner.equals(STRUCTURED)
                || (owner.startsWith("java.")
                        && PASS_ON.contains(called.getSimpleName().toString()));
    }
}
