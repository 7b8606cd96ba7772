package io.plimsoll.processor.listener;

import com.google.auto.service.AutoService;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.CallsFromOutside;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Forbids a message listener that catches every exception and does nothing but write it down: the broker takes the
 * message for processed, and it is gone.
 */
@AutoService(TreeRule.class)
public final class SwallowedListenerError implements TreeRule {

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD);
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        List<TreePath> swallowing = new Handlers(code).swallowing(tree);
        if (!swallowing.isEmpty()
                && tree.getLeaf() instanceof MethodTree
                && code.element(tree) instanceof ExecutableElement method
                && isListener(method, code)) {
            swallowing.forEach(place -> findings.report(place, message(method)));
        }
    }

    private static boolean isListener(ExecutableElement method, Code code) {
        CallsFromOutside calls = new CallsFromOutside(code.compilation());
        TypeElement type = Hierarchy.owner(method);
        CallsFromOutside.Role role = calls.role(type);
        return role != null && calls.kind(method, type, role) == CallsFromOutside.Kind.MESSAGE_LISTENER;
    }

    private static Message message(ExecutableElement method) {
        return new Message(
                Hierarchy.owner(method).getSimpleName() + "." + method.getSimpleName()
                        + " catches every error of its work and lets the message pass for processed",
                "The broker delivers it neither again nor to a dead letter queue: it is lost, and a log line is all that"
                        + " is left",
                "leave the catch block out and let the listener container retry, or end it with throw, a nack, or a"
                        + " send to a dead letter topic");
    }
}
