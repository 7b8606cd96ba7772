package io.plimsoll.processor.tree;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.RemoteMethods;
import io.plimsoll.processor.model.Sending;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Recognises calls that send something to another service. A chain of calls counts once, where it is really sent. */
public final class RemoteCalls {

    /** The kinds of trees that may be such a call. */
    public static final Set<Tree.Kind> KINDS =
            Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE, Tree.Kind.NEW_CLASS);

    private static final Set<String> WAITS = Set.of("block", "blockFirst", "blockLast", "blockOptional", "get", "join");

    private static final Set<String> BOUNDS =
            Set.of("timeout", "orTimeout", "completeOnTimeout", "withDeadlineAfter", "withDeadline");

    private final RemoteMethods methods = new RemoteMethods();
    private @Nullable TreePath asked;
    private @Nullable RemoteCall answer;

    RemoteCalls() {}

    /** What a tree sends, if it does and nothing that is called on its result is the one to name; else null. */
    public @Nullable RemoteCall of(TreePath tree, Code code) {
        if (tree != asked) { // Several rules ask about the same call.
            answer = read(tree, code);
            asked = tree;
        }
        return answer;
    }

    private @Nullable RemoteCall read(TreePath tree, Code code) {
        if (tree.getLeaf() instanceof NewClassTree created) {
            return created.getArguments().size() >= 2 && isSocket(tree, code)
                    ? new RemoteCall(Sending.CALL, "new Socket", false)
                    : null;
        }
        Name name = Receivers.method(tree);
        if (name == null) {
            return null;
        }
        if (code.text(name).equals("openConnection")) {
            return openConnection(tree, code);
        }
        RemoteCall awaited = WAITS.contains(code.text(name)) ? origin(tree, code) : null;
        if (awaited != null && awaited.sending() == Sending.CALL_LATER) {
            return new RemoteCall(Sending.CALL, awaited.name(), awaited.bounded() || hasArguments(tree));
        }
        return direct(tree, code);
    }

    /** What the result of earlier calls in a chain, on which a call waits, comes from; null if from nothing remote. */
    public @Nullable RemoteCall origin(TreePath call, Code code) {
        for (TreePath next = Receivers.of(call); next != null; next = Receivers.of(next)) {
            RemoteCall sent = direct(next, code);
            if (sent != null) {
                return new RemoteCall(sent.sending(), sent.name(), isBounded(call));
            }
            Name name = Receivers.method(next);
            if (name != null && WAITS.contains(code.text(name))) {
                return null; // It has waited already: what it gives is an answer.
            }
        }
        return null;
    }

    private @Nullable RemoteCall direct(TreePath tree, Code code) {
        ExecutableElement method = Receivers.method(tree) == null ? null : code.called(tree);
        if (method == null) {
            return null;
        }
        TypeElement receiver = Receivers.type(tree, method, code);
        Compilation compilation = code.compilation();
        Sending sending = methods.find(method, receiver, compilation);
        if (sending == null) {
            return null;
        }
        boolean bounded = isBounded(tree) || isConnectWithTimeout(method);
        return new RemoteCall(sending, outermost(receiver) + "." + method.getSimpleName(), bounded);
    }

    private static String outermost(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement outer
                ? outermost(outer)
                : type.getSimpleName().toString();
    }

    /** Whether a call in the chain says how long the answer may take. */
    private static boolean isBounded(TreePath call) {
        for (TreePath next = Receivers.of(call); next != null; next = Receivers.of(next)) {
            Name name = Receivers.method(next);
            if (name != null && BOUNDS.contains(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConnectWithTimeout(ExecutableElement method) {
        return method.getSimpleName().contentEquals("connect")
                && method.getParameters().size() == 2;
    }

    private static boolean hasArguments(TreePath call) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                && !invocation.getArguments().isEmpty();
    }

    /** A constructor with an address connects at once, and without a timeout. */
    private static boolean isSocket(TreePath created, Code code) {
        ExecutableElement constructor = code.called(created);
        return constructor != null
                && Hierarchy.owner(constructor).getQualifiedName().contentEquals("java.net.Socket")
                && constructor.getParameters().get(1).asType().getKind().isPrimitive();
    }

    /** A URL may be one of a file or a resource. What is cast to an HTTP connection is none. */
    private static @Nullable RemoteCall openConnection(TreePath call, Code code) {
        TreePath around = call.getParentPath();
        while (around.getLeaf() instanceof ParenthesizedTree) {
            around = around.getParentPath();
        }
        boolean http = around.getLeaf() instanceof TypeCastTree
                && code.type(around) instanceof DeclaredType cast
                && cast.asElement() instanceof TypeElement type
                && code.compilation().hierarchy().of(type).stream()
                        .anyMatch(each -> each.getQualifiedName().contentEquals("java.net.HttpURLConnection"));
        return http ? new RemoteCall(Sending.CALL, "URL.openConnection", false) : null;
    }
}
