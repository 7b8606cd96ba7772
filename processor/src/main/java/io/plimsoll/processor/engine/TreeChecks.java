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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Runs the rules over method bodies, in one scan of each top-level type, and prints what they find. */
final class TreeChecks {

    private final JavacTask task;
    private final Trees trees;
    private final SourcePositions positions;
    private final Map<String, String> arguments;
    private final Shared shared;
    private final Guard guard = new Guard(this::warn);
    private @Nullable Job job;
    private @Nullable TreePath current;

    /** @param arguments options that hold if no processor tells those of the build */
    TreeChecks(JavacTask task, Map<String, String> arguments) {
        this.task = task;
        this.trees = Trees.instance(task);
        this.positions = trees.getSourcePositions();
        this.arguments = arguments;
        this.shared = Shared.open(task.getElements());
    }

    /** What there is to do, known once the processor has begun. */
    private record Job(Judge judge, List<Rule> rules, Wanted wanted, Code code, Shared.@Nullable Session session) {}

    /** Checks a top-level type that has just been attributed. */
    void check(TypeElement type) {
        guard.run("Plimsoll", () -> {
            TreePath path = trees.getPath(type);
            if (path != null) {
                current = path;
                check(type, path, job());
            }
        });
    }

    private void check(TypeElement type, TreePath path, Job job) {
        Compilation compilation = job.code().compilation();
        Scan scan = new Scan(path.getParentPath(), job);
        scan.scan(path.getLeaf(), null);
        print(scan.found, compilation, job);
        print(
                new BodySuppressions(trees, job.rules(), job.judge(), guard).unused(scan.suppressing, compilation),
                compilation,
                job);
        if (job.session() != null) {
            new Fragments(job.session().environment())
                    .write(
                            "findings/" + compilation.names().binaryName(type) + ".bodies",
                            job.judge().takeRecords(),
                            type);
        }
    }

    /** Says at the end what came out of the compilation. */
    void finish() {
        guard.run("Plimsoll", () -> {
            Shared.Session session = shared.session();
            Judge judge = session != null ? session.judge() : job == null ? null : job.judge();
            String summary = judge == null ? null : judge.summary();
            if (summary != null) {
                note(summary, session);
            }
        });
    }

    private void note(String text, Shared.@Nullable Session session) {
        TreePath path = current;
        if (session != null) {
            session.environment().getMessager().printMessage(Diagnostic.Kind.NOTE, text);
        } else if (path != null) {
            trees.printMessage(Diagnostic.Kind.NOTE, text, path.getLeaf(), path.getCompilationUnit());
        }
    }

    private Job job() {
        Job known = job;
        if (known == null) {
            Shared.Session session = shared.session();
            List<Rule> rules = session != null ? session.rules() : Services.rules();
            Judge judge = session != null ? session.judge() : new Judge(ownOptions(rules));
            Wanted wanted = new Wanted(Services.only(TreeRule.class, rules).stream()
                    .filter(judge::isOn)
                    .toList());
            // Annotation processing is over: what is known of a type holds to the end.
            Code code = new Code(trees, Compilation.of(task.getElements(), task.getTypes(), List.of()));
            known = new Job(judge, rules, wanted, code, session);
            job = known;
        }
        return known;
    }

    private Options ownOptions(List<Rule> rules) {
        Options options = Options.ofPlugin(arguments, rules);
        options.problems().forEach(problem -> print(Diagnostic.Kind.ERROR, problem));
        return options;
    }

    record Finding(Rule rule, TreePath place, Message message) {}

    /** Hands each tree to the rules that want its sort. */
    private final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final Job job;
        private final List<Finding> found = new ArrayList<>();
        private final List<TreePath> suppressing = new ArrayList<>();
        private TreePath path;

        Scan(TreePath outer, Job job) {
            this.path = outer;
            this.job = job;
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
            if (tree == null) {
                return null;
            }
            TreePath outer = path;
            TreePath here = new TreePath(outer, tree);
            path = here;
            for (TreeRule rule : job.wanted().of(tree)) {
                guard.run(
                        rule::name,
                        () -> rule.check(
                                here, job.code(), (place, message) -> found.add(new Finding(rule, place, message))));
            }
            if (BodySuppressions.isDeclarationWithAny(tree)) {
                suppressing.add(here);
            }
            super.scan(tree, null);
            path = outer;
            return null;
        }
    }

    /** In the order of the source. */
    private void print(List<Finding> found, Compilation compilation, Job job) {
        Set<List<Object>> seen = new HashSet<>();
        found.stream()
                .filter(each -> seen.add(List.of(each.rule(), each.place().getLeaf(), each.message())))
                .sorted(Comparator.comparingLong(each -> positions.getStartPosition(
                        each.place().getCompilationUnit(), each.place().getLeaf())))
                .forEach(each -> job.judge()
                        .judge(
                                each.rule(),
                                each.message(),
                                around(each.place()),
                                compilation.names(),
                                (kind, text) -> trees.printMessage(
                                        kind,
                                        text,
                                        each.place().getLeaf(),
                                        each.place().getCompilationUnit())));
    }

    /** Local variables and local classes are declarations too; an expression is none, whatever it refers to. */
    private List<Element> around(TreePath place) {
        Set<Element> around = new LinkedHashSet<>();
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            boolean declares = next.getLeaf() instanceof ClassTree
                    || next.getLeaf() instanceof MethodTree
                    || next.getLeaf() instanceof VariableTree;
            Element declared = declares ? trees.getElement(next) : null;
            if (declared != null) {
                around.addAll(Suppressions.around(declared));
            }
        }
        return List.copyOf(around);
    }

    private void warn(String text) {
        print(Diagnostic.Kind.WARNING, text);
    }

    private void print(Diagnostic.Kind kind, String text) {
        TreePath path = current;
        if (path != null) {
            trees.printMessage(kind, text, path.getLeaf(), path.getCompilationUnit());
        }
    }
}
