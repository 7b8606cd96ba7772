package io.plimsoll.processor.remote;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Budgets;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Stereotypes;
import io.plimsoll.processor.model.TestClasses;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds the methods of beans that no budget covers although one could. Not thread-safe; valid for one compilation. */
final class UncoveredMethods {

    /** They run while the application starts, before there is a proxy to keep a promise. */
    private static final Set<String> START_UP = Set.of(
            "org.springframework.context.annotation.Bean",
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "javax.annotation.PostConstruct",
            "javax.annotation.PreDestroy");

    private final TestClasses tests = new TestClasses();
    private @Nullable Tree askedClass;
    private boolean open;
    private @Nullable Tree askedMethod;
    private @Nullable ExecutableElement answer;

    /** The method of a bean around a tree - lambdas, local and anonymous classes looked through - if none covers it. */
    @Nullable
    ExecutableElement around(TreePath tree, Code code) {
        TreePath method = null;
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof MethodTree) {
                method = next;
            } else if (next.getLeaf() instanceof ClassTree
                    && (next.getParentPath() == null
                            || !isLocal(next.getParentPath().getLeaf()))) {
                return method == null || !isOpen(next, code) ? null : inMethod(method, code);
            }
        }
        return null;
    }

    private static boolean isLocal(Tree around) {
        return !(around instanceof ClassTree) && around.getKind() != Tree.Kind.COMPILATION_UNIT;
    }

    private boolean isOpen(TreePath path, Code code) {
        if (path.getLeaf() != askedClass) {
            askedClass = path.getLeaf();
            open = code.element(path) instanceof TypeElement type && isOpen(type, code.compilation());
        }
        return open;
    }

    private boolean isOpen(TypeElement type, Compilation compilation) {
        return type.getKind() == ElementKind.CLASS
                && type.getNestingKind() != NestingKind.LOCAL
                && (new Stereotypes(compilation).isBean(type) || hasEntryPoint(type, compilation))
                && !tests.isTest(type, compilation)
                && !new Budgets(compilation).isAnswered(type);
    }

    private @Nullable ExecutableElement inMethod(TreePath path, Code code) {
        if (path.getLeaf() != askedMethod) {
            askedMethod = path.getLeaf();
            answer = code.element(path) instanceof ExecutableElement method && isOpen(method, code.compilation())
                    ? method
                    : null;
        }
        return answer;
    }

    private static boolean isOpen(ExecutableElement method, Compilation compilation) {
        TypeElement type = Hierarchy.owner(method);
        if (method.getKind() != ElementKind.METHOD
                || method.getModifiers().contains(Modifier.STATIC)
                || isSettled(method, type, compilation)
                || compilation.annotations().find(method, START_UP) != null) {
            return false;
        }
        // A helper is called by the others, and has their budget.
        return !method.getModifiers().contains(Modifier.PRIVATE)
                || compilation.hierarchy().methods(type).stream()
                        .noneMatch(other -> isSettled(other, type, compilation));
    }

    /** Whether a method has a budget, or is an entry point that MissingTimeout asks for one. */
    private static boolean isSettled(ExecutableElement method, TypeElement type, Compilation compilation) {
        return new Budgets(compilation).isAnswered(method, type) || isEntryPoint(method, type, compilation);
    }

    private static boolean hasEntryPoint(TypeElement type, Compilation compilation) {
        List<ExecutableElement> methods = ElementFilter.methodsIn(type.getEnclosedElements());
        return methods.stream().anyMatch(method -> isEntryPoint(method, type, compilation));
    }

    private static boolean isEntryPoint(ExecutableElement method, TypeElement type, Compilation compilation) {
        CallsFromOutside calls = new CallsFromOutside(compilation);
        CallsFromOutside.Role role = calls.role(type);
        return role == null ? calls.isMapped(method, type) : calls.kind(method, type, role) != null;
    }
}
