package io.plimsoll.processor.logging;

import com.google.auto.service.AutoService;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Loggers;
import io.plimsoll.processor.tree.Code;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Forbids a value that is marked {@code @Sensitive} in what a logger, or the console, is given. Palantir's safe-logging
 * has shown that a compiler can keep that promise.
 */
@AutoService(TreeRule.class)
public final class SensitiveInLog implements TreeRule {

    private static final Set<String> PRINTS = Set.of("print", "println", "printf", "format");

    private static final Set<String> METHODS =
            Stream.of(PRINTS, Loggers.WRITES).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private final Sources sources = new Sources();

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.METHOD);
    }

    @Override
    public Set<String> methods() {
        return METHODS;
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        if (tree.getLeaf() instanceof MethodTree method) {
            remember(tree, method, code);
        } else if (tree.getLeaf() instanceof MethodInvocationTree call) {
            check(tree, call, code, findings);
        }
    }

    private void remember(TreePath tree, MethodTree method, Code code) {
        if (method.getParameters().isEmpty()
                && method.getReturnType() != null
                && code.element(tree) instanceof ExecutableElement element) {
            new Marks(code, sources).remember(element);
        }
    }

    private void check(TreePath tree, MethodInvocationTree call, Code code, TreeFindings findings) {
        if (call.getArguments().isEmpty()) {
            return;
        }
        String name = name(call.getMethodSelect());
        ExecutableElement method = code.called(tree);
        if (method != null && (isConsole(tree, call, method, code) || isLogger(method, code))) {
            Leaks leaks = new Leaks(code, new Marks(code, sources));
            for (ExpressionTree argument : call.getArguments()) {
                leaks.in(new TreePath(tree, argument))
                        .forEach(leak -> findings.report(leak.place(), message(leak.what(), name)));
            }
        }
    }

    private static boolean isLogger(ExecutableElement method, Code code) {
        return Loggers.writes(method, code.compilation().hierarchy());
    }

    /** {@code System.out} and {@code System.err}: in a container they are the log. */
    private static boolean isConsole(TreePath tree, MethodInvocationTree call, ExecutableElement method, Code code) {
        if (!Hierarchy.owner(method).getQualifiedName().contentEquals("java.io.PrintStream")
                || !(call.getMethodSelect() instanceof MemberSelectTree select)) {
            return false;
        }
        Element stream = code.element(new TreePath(tree, select.getExpression()));
        return stream != null
                && stream.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().contentEquals("java.lang.System");
    }

    private static String name(ExpressionTree select) {
        if (select instanceof MemberSelectTree member) {
            return member.getIdentifier().toString();
        }
        return select instanceof IdentifierTree identifier
                ? identifier.getName().toString()
                : "";
    }

    private static Message message(String what, String method) {
        return new Message(
                what + " is @Sensitive and is given to " + method + "(...)",
                "Logs are copied, searched and kept for years: what is once in them cannot be taken back",
                "leave it out, or log what a method of yours makes of it, such as mask(value)");
    }
}
