package io.plimsoll.processor.logging;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.plimsoll.processor.tree.Code;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Follows a local variable to the one value it ever has. */
final class Locals {

    private Locals() {}

    /** What a variable is initialised with; null if there is nothing, or if it is assigned as well. */
    static @Nullable TreePath onlyValue(VariableElement variable, TreePath use, Code code) {
        TreePath method = code.enclosingMethodPath(use);
        if (method == null) {
            return null;
        }
        Search search = new Search(variable, code);
        search.scan(method, null);
        return search.assigned ? null : search.value;
    }

    private static final class Search extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final VariableElement variable;
        private final Code code;
        private @Nullable TreePath value;
        private boolean assigned;

        Search(VariableElement variable, Code code) {
            this.variable = variable;
            this.code = code;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
            ExpressionTree initializer = tree.getInitializer();
            if (initializer != null
                    && tree.getName().contentEquals(variable.getSimpleName())
                    && variable.equals(code.element(getCurrentPath()))) {
                value = new TreePath(getCurrentPath(), initializer);
            }
            return super.visitVariable(tree, null);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
            compare(tree.getVariable());
            return super.visitAssignment(tree, null);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree tree, @Nullable Void unused) {
            compare(tree.getVariable());
            return super.visitCompoundAssignment(tree, null);
        }

        private void compare(Tree target) {
            assigned |= variable.equals(code.element(new TreePath(getCurrentPath(), target)));
        }
    }
}
