package io.plimsoll.processor.remote;

import com.google.auto.service.AutoService;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Budgets;
import io.plimsoll.processor.model.TestClasses;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.Receivers;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Forbids an HTTP client that is made without any timeout, and a request of the JDK's client without one. */
@AutoService(TreeRule.class)
public final class UnboundedHttpClient implements TreeRule {

    private static final Set<String> MAKING = Set.of("create", "build", "newHttpClient");

    private final TestClasses tests = new TestClasses();

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.NEW_CLASS);
    }

    @Override
    public Set<String> methods() {
        return MAKING;
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        Unbounded found = mayMakeOne(tree) ? Unbounded.of(tree, code) : null;
        TypeElement type = found == null ? null : code.enclosingType(tree);
        if (found != null
                && type != null
                && !tests.isTest(type, code.compilation())
                && !isTestSource(tree)
                && !(found.sort() == Unbounded.Sort.HTTP_REQUEST && hasBudget(tree, type, code))) {
            findings.report(found.place(), message(found.sort()));
        }
    }

    /** The cheap question to ask first: the name of the class; those of the methods are known. */
    private static boolean mayMakeOne(TreePath tree) {
        if (tree.getLeaf() instanceof NewClassTree created) {
            return created.getClassBody() == null
                    && name(created.getIdentifier()).endsWith("RestTemplate");
        }
        return Receivers.method(tree) != null;
    }

    private static String name(Tree type) {
        return type instanceof IdentifierTree simple ? simple.getName().toString() : type.toString();
    }

    /** Where Maven and Gradle have the sources of tests: helpers of tests as well need no timeout. */
    private static boolean isTestSource(TreePath tree) {
        return tree.getCompilationUnit().getSourceFile().toUri().toString().contains("/src/test/");
    }

    /** A budget around the call bounds each request. */
    private static boolean hasBudget(TreePath tree, TypeElement type, Code code) {
        Budgets budgets = new Budgets(code.compilation());
        @Nullable ExecutableElement method = code.enclosingMethod(tree);
        return budgets.isAnswered(type) || (method != null && budgets.isAnswered(method, type));
    }

    private static Message message(Unbounded.Sort sort) {
        return new Message(
                "This " + sort.subject() + " has no " + sort.timeout() + " timeout",
                "A service that takes the connection and does not answer holds the thread for ever, and with some"
                        + " hundred of them the whole application",
                sort.fix());
    }
}
