package io.plimsoll.processor.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.tree.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Runs the rules over method bodies, in one scan of each top-level type, and prints what they find. */
final class TreeChecks {

    private final JavacTask task;
    private final Trees trees;
    private final SourcePositions positions;
    private final List<TreeRule> all = Services.load(TreeRule.class);
    private final Options fallback;
    private @Nullable Map<Tree.Kind, List<TreeRule>> rules;
    private @Nullable TreePath current;
    private final Guard guard = new Guard(this::warn);

    /** @param fallback holds if no processor tells the options of the build */
    TreeChecks(JavacTask task, Options fallback) {
        this.task = task;
        this.trees = Trees.instance(task);
        this.positions = trees.getSourcePositions();
        this.fallback = fallback;
    }

    /** Checks a top-level type that has just been attributed. */
    void check(TypeElement type) {
        guard.run("Plimsoll", () -> {
            TreePath path = trees.getPath(type);
            if (path != null) {
                current = path;
                Compilation compilation = Compilation.of(task.getElements(), task.getTypes(), List.of());
                Scan scan = new Scan(path.getParentPath(), new Code(trees, compilation));
                scan.scan(path.getLeaf(), null);
                scan.found.stream()
                        .sorted(Comparator.comparingLong(this::position))
                        .forEach(this::print);
            }
        });
    }

    private record Finding(TreeRule rule, TreePath place, Message message) {}

    /** Hands each tree to the rules that want its sort. */
    private final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final Map<Tree.Kind, List<TreeRule>> wanted = rules();
        private final List<Finding> found = new ArrayList<>();
        private final Code code;
        private TreePath path;

        Scan(TreePath outer, Code code) {
            this.path = outer;
            this.code = code;
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
            if (tree == null) {
                return null;
            }
            TreePath outer = path;
            TreePath here = new TreePath(outer, tree);
            path = here;
            for (TreeRule rule : wanted.getOrDefault(tree.getKind(), List.of())) {
                guard.run(
                        rule.name(),
                        () -> rule.check(here, code, (place, message) -> found.add(new Finding(rule, place, message))));
            }
            super.scan(tree, null);
            path = outer;
            return null;
        }
    }

    /** The rules that are on, by what they want to see. The options are known once the processor has begun. */
    private Map<Tree.Kind, List<TreeRule>> rules() {
        Map<Tree.Kind, List<TreeRule>> known = rules;
        if (known == null) {
            known = new EnumMap<>(Tree.Kind.class);
            for (TreeRule rule : all) {
                if (options().severity(rule) != Severity.OFF) {
                    for (Tree.Kind kind : rule.kinds()) {
                        known.computeIfAbsent(kind, each -> new ArrayList<>()).add(rule);
                    }
                }
            }
            rules = known;
        }
        return known;
    }

    private Options options() {
        Options shared = SharedOptions.get(task.getElements());
        return shared != null ? shared : fallback;
    }

    private long position(Finding finding) {
        return positions.getStartPosition(
                finding.place().getCompilationUnit(), finding.place().getLeaf());
    }

    private void print(Finding finding) {
        TreePath place = finding.place();
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (Suppressions.covers(declared(next), finding.rule())) {
                return;
            }
        }
        trees.printMessage(
                options().severity(finding.rule()).kind(),
                finding.message().text(finding.rule()),
                place.getLeaf(),
                place.getCompilationUnit());
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
