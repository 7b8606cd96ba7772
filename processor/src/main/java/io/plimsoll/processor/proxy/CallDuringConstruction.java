package io.plimsoll.processor.proxy;

import com.google.auto.service.AutoService;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.Receivers;
import java.util.Collections;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a call to a promised method of a bean by way of the bean's reference to itself while the bean is being made.
 * A call on {@code this} is what SelfInvocation reports, here as everywhere.
 */
@AutoService(TreeRule.class)
public final class CallDuringConstruction implements TreeRule {

    private static final Set<String> POST_CONSTRUCT =
            Set.of("jakarta.annotation.PostConstruct", "javax.annotation.PostConstruct");

    private static final String INITIALIZING_BEAN = "org.springframework.beans.factory.InitializingBean";

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION);
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        TreePath receiver = Receivers.of(tree);
        if (receiver == null
                || SelfCalls.isSelf(receiver.getLeaf(), code)
                || receiver.getLeaf() instanceof NewClassTree) {
            return;
        }
        TypeElement bean = underConstruction(tree, code);
        ExecutableElement method = bean == null ? null : code.called(tree);
        if (bean == null
                || method == null
                || !Collections.disjoint(method.getModifiers(), SelfCalls.NO_PROXY)
                || !Receivers.type(tree, method, code).equals(bean)) {
            return;
        }
        Merged promise = SelfCalls.promise(method, bean, code.compilation());
        if (promise != null) {
            findings.report(Code.name(tree), message(bean, method, promise));
        }
    }

    /** The class whose object is not complete when a tree runs; null where it is, and in code that may run later. */
    private static @Nullable TypeElement underConstruction(TreePath tree, Code code) {
        for (TreePath next = tree.getParentPath(); next != null; next = next.getParentPath()) {
            Tree leaf = next.getLeaf();
            Tree around =
                    next.getParentPath() == null ? null : next.getParentPath().getLeaf();
            if (leaf instanceof LambdaExpressionTree
                    || leaf instanceof ClassTree
                    || (leaf instanceof MethodTree && !isConstruction(next, code))) {
                return null;
            }
            boolean isStatic = (leaf instanceof BlockTree block && block.isStatic())
                    || (leaf instanceof VariableTree field
                            && field.getModifiers().getFlags().contains(Modifier.STATIC));
            if (around instanceof ClassTree) {
                return isStatic ? null : code.enclosingType(next);
            }
        }
        return null;
    }

    private static boolean isConstruction(TreePath path, Code code) {
        MethodTree method = (MethodTree) path.getLeaf();
        if (method.getReturnType() == null) {
            return true;
        }
        if (!method.getParameters().isEmpty()) {
            return false;
        }
        boolean isInit = method.getName().contentEquals("afterPropertiesSet");
        if (!isInit && method.getModifiers().getAnnotations().isEmpty()) {
            return false;
        }
        Element element = code.element(path);
        return element != null
                && (code.compilation().annotations().find(element, POST_CONSTRUCT) != null
                        || (isInit && isInitializingBean(code.enclosingType(path), code)));
    }

    private static boolean isInitializingBean(@Nullable TypeElement type, Code code) {
        return type != null
                && code.compilation().hierarchy().of(type).stream()
                        .anyMatch(each -> each.getQualifiedName().contentEquals(INITIALIZING_BEAN));
    }

    private static Message message(TypeElement bean, ExecutableElement method, Merged promise) {
        String type = bean.getSimpleName().toString();
        String name = method.getSimpleName().toString();
        return new Message(
                "This call to " + type + "." + name + " comes before " + type + " has the proxy that keeps its @"
                        + promise.type().getSimpleName(),
                "The proxy is made when the bean is complete: until then a reference to itself leads past it, or stops"
                        + " the start-up because the bean is still being created",
                "move the call to a method with @EventListener(ApplicationReadyEvent.class)");
    }
}
