package io.plimsoll.processor.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Runs the rules over method bodies and prints what they find. */
final class TreeChecks {

    private final JavacTask task;
    private final Trees trees;
    private final List<TreeRule> rules = Services.load(TreeRule.class);
    private final Options fallback;
    private @Nullable TreePath current;
    private final Guard guard = new Guard(this::warn);

    /** @param fallback holds if no processor tells the options of the build */
    TreeChecks(JavacTask task, Options fallback) {
        this.task = task;
        this.trees = Trees.instance(task);
        this.fallback = fallback;
    }

    /** Checks a top-level type that has just been attributed. */
    void check(TypeElement type) {
        guard.run("Plimsoll", () -> {
            TreePath path = trees.getPath(type);
            if (path != null) {
                current = path;
                check(path);
            }
        });
    }

    private void check(TreePath path) {
        Options shared = SharedOptions.get(task.getElements());
        Options options = shared != null ? shared : fallback;
        Compilation compilation = Compilation.of(task.getElements(), task.getTypes(), List.of());
        for (TreeRule rule : rules) {
            Severity severity = options.severity(rule);
            if (severity != Severity.OFF) {
                guard.run(
                        rule.name(),
                        () -> rule.check(
                                path, trees, compilation, (place, message) -> print(rule, severity, place, message)));
            }
        }
    }

    private void print(Rule rule, Severity severity, TreePath place, Message message) {
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (Suppressions.covers(declared(next), rule)) {
                return;
            }
        }
        trees.printMessage(severity.kind(), message.text(rule), place.getLeaf(), place.getCompilationUnit());
    }

    /** Local variables and local classes are declarations too; an expression is none, whatever it refers to. */
    private @Nullable Element declared(TreePath path) {
        boolean declares = path.getLeaf() instanceof ClassTree
                || path.getLeaf() instanceof MethodTree
                || path.getLeaf() instanceof VariableTree;
        return declares ? trees.getElement(path) : null;
    }

    private void warn(String text) {
        TreePath path = current;
        if (path != null) {
            trees.printMessage(Diagnostic.Kind.WARNING, text, path.getLeaf(), path.getCompilationUnit());
        }
    }
}
