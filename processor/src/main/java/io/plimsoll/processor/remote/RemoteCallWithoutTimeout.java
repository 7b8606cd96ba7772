package io.plimsoll.processor.remote;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Sending;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.RemoteCall;
import io.plimsoll.processor.tree.RemoteCalls;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a call to another service in a method of a bean that no budget covers. Entry points are left to
 * MissingTimeout, and so are the methods of declared HTTP clients. The timeouts of a client that is injected, and the
 * budget of a caller, cannot be seen here: most calls in existing code have one or the other. Hence strict alone.
 */
@AutoService(TreeRule.class)
public final class RemoteCallWithoutTimeout implements TreeRule {

    private final UncoveredMethods uncovered = new UncoveredMethods();
    private @Nullable ExecutableElement reported;

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.STRICT ? Severity.ERROR : Severity.OFF;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return RemoteCalls.KINDS;
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        RemoteCall call = code.remoteCalls().of(tree, code);
        boolean unbounded = call != null && call.sending() == Sending.CALL && !call.bounded();
        ExecutableElement method = unbounded ? uncovered.around(tree, code) : null;
        // One budget covers all calls of a method: its absence is one defect, shown at the first of them.
        if (call != null && method != null && !method.equals(reported)) {
            reported = method;
            findings.report(Code.name(tree), message(call.name(), method));
        }
    }

    private static Message message(String call, ExecutableElement method) {
        String type = Hierarchy.owner(method).getSimpleName().toString();
        String name = method.getSimpleName().toString();
        boolean open = method.getModifiers().stream().noneMatch(Set.of(Modifier.PRIVATE, Modifier.FINAL)::contains);
        return new Message(
                call + " is called in " + type + "." + name + ", which has no time budget",
                "Where client and caller set none either, a service that does not answer holds the thread for ever",
                "@Timeout(\"2s\") on " + (open ? name : "the methods that call " + name) + " or on " + type
                        + ", or @NoTimeout(reason = \"...\")");
    }
}
