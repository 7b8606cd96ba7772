package io.plimsoll.processor.tree;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Values that are known at compile time: literals, named constants, and texts put together from them. */
final class Constants {

    private Constants() {}

    static @Nullable Object value(TreePath expression, Code code) {
        Tree tree = expression.getLeaf();
        if (tree instanceof LiteralTree literal) {
            return literal.getValue();
        }
        if (tree instanceof ParenthesizedTree inner) {
            return value(new TreePath(expression, inner.getExpression()), code);
        }
        if (tree instanceof BinaryTree sum && tree.getKind() == Tree.Kind.PLUS) {
            Object left = value(new TreePath(expression, sum.getLeftOperand()), code);
            Object right = value(new TreePath(expression, sum.getRightOperand()), code);
            return (left instanceof String || right instanceof String) && left != null && right != null
                    ? String.valueOf(left) + right
                    : null;
        }
        return code.element(expression) instanceof VariableElement variable ? variable.getConstantValue() : null;
    }
}
