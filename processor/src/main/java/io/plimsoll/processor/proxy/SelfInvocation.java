package io.plimsoll.processor.proxy;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.tree.Code;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * Forbids a call on {@code this} to a method with a promise of its own: the proxy, which would keep the promise, is not
 * on the way. A promise on the type or the package covers the caller as well and is not at stake.
 */
@AutoService(TreeRule.class)
public final class SelfInvocation implements TreeRule {

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        SelfCalls.Call call = new SelfCalls(code).of(tree);
        // A default method may be called on the proxy itself: Spring Data does so.
        if (call != null && call.receiver().getKind() != ElementKind.INTERFACE) {
            Merged promise = SelfCalls.promise(call.method(), call.receiver(), code.compilation());
            if (promise != null) {
                findings.report(call.place(), message(call, promise));
            }
        }
    }

    private static Message message(SelfCalls.Call call, Merged promise) {
        String method = call.method().getSimpleName().toString();
        TypeElement owner = Hierarchy.owner(call.method());
        String bean = call.receiver().getSimpleName().toString();
        return new Message(
                "This call to " + owner.getSimpleName() + "." + method + " skips its @"
                        + promise.type().getSimpleName(),
                "A call on 'this' does not pass through the Spring proxy that keeps the promise",
                "move " + method + " to another bean, or inject ObjectProvider<"
                        + (bean.isEmpty() ? owner.getSimpleName() : bean) + "> self and call self.getObject()." + method
                        + "(...)");
    }
}
