package io.plimsoll.processor.engine;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Finds suppressions of tree rules that have kept nothing back, on members as well as on what is local. */
final class BodySuppressions {

    private static final Set<Tree.Kind> DECLARATIONS = EnumSet.of(
            Tree.Kind.METHOD,
            Tree.Kind.VARIABLE,
            Tree.Kind.CLASS,
            Tree.Kind.INTERFACE,
            Tree.Kind.ENUM,
            Tree.Kind.RECORD,
            Tree.Kind.ANNOTATION_TYPE);

    private final Trees trees;
    private final List<Rule> rules;
    private final Judge judge;
    private final Guard guard;

    BodySuppressions(Trees trees, List<Rule> rules, Judge judge, Guard guard) {
        this.trees = trees;
        this.rules = rules;
        this.judge = judge;
        this.guard = guard;
    }

    /** Whether a tree declares something and has a suppression on it, of whatever. */
    static boolean isDeclarationWithAny(Tree tree) {
        ModifiersTree modifiers = DECLARATIONS.contains(tree.getKind()) ? modifiers(tree) : null;
        return modifiers != null
                && !modifiers.getAnnotations().isEmpty()
                && modifiers.getAnnotations().stream().anyMatch(BodySuppressions::isSuppression);
    }

    /** @param declarations that {@link #isDeclarationWithAny} has found */
    List<TreeChecks.Finding> unused(List<TreePath> declarations, Compilation compilation) {
        List<TreeChecks.Finding> found = new ArrayList<>();
        if (judge.isOn(UnusedSuppression.RULE)) {
            for (TreePath declaration : declarations) {
                Element element = trees.getElement(declaration);
                if (element != null) {
                    addUnused(declaration, element, compilation, found);
                }
            }
        }
        return found;
    }

    private void addUnused(
            TreePath declaration, Element element, Compilation compilation, List<TreeChecks.Finding> found) {
        for (Suppressions.Token token : Suppressions.on(element)) {
            Message message = UnusedSuppression.problem(
                    token,
                    element,
                    rules,
                    judge,
                    compilation.names(),
                    rule -> rule instanceof TreeRule && !guard.hasFailed(rule.name()));
            if (message != null) {
                found.add(new TreeChecks.Finding(
                        UnusedSuppression.RULE,
                        place(declaration, String.valueOf(token.value().getValue())),
                        message));
            }
        }
    }

    /** The text where it is written; the declaration if it is a constant from elsewhere. */
    private static TreePath place(TreePath declaration, String text) {
        ModifiersTree modifiers = modifiers(declaration.getLeaf());
        List<TreePath> places = new ArrayList<>();
        if (modifiers != null) {
            TreePath path = new TreePath(declaration, modifiers);
            for (AnnotationTree annotation : modifiers.getAnnotations()) {
                if (isSuppression(annotation)) {
                    for (ExpressionTree argument : annotation.getArguments()) {
                        argument.accept(
                                new TreeScanner<@Nullable Void, TreePath>() {
                                    @Override
                                    public @Nullable Void visitLiteral(LiteralTree literal, TreePath outer) {
                                        if (text.equals(literal.getValue())) {
                                            places.add(new TreePath(outer, literal));
                                        }
                                        return null;
                                    }
                                },
                                path);
                    }
                }
            }
        }
        return places.isEmpty() ? declaration : places.get(0);
    }

    private static boolean isSuppression(AnnotationTree annotation) {
        Tree type = annotation.getAnnotationType(); // To print it is costly, and most are simple names.
        return type instanceof IdentifierTree simple
                ? simple.getName().contentEquals("SuppressWarnings")
                : type.toString().equals(Suppressions.ANNOTATION);
    }

    private static @Nullable ModifiersTree modifiers(Tree tree) {
        if (tree instanceof MethodTree method) {
            return method.getModifiers();
        }
        if (tree instanceof ClassTree type) {
            return type.getModifiers();
        }
        return tree instanceof VariableTree variable ? variable.getModifiers() : null;
    }
}
