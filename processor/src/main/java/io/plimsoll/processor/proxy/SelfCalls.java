package io.plimsoll.processor.proxy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Merged;
import io.plimsoll.processor.tree.Code;
import java.util.Collections;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Recognises the calls that an object makes on itself, from lambdas and inner classes as well. */
final class SelfCalls {

    /**
     * @param receiver the class whose own instance is called
     * @param place the name of the method, with what stands before it
     */
    record Call(TypeElement receiver, ExecutableElement method, TreePath place) {}

    /** No proxy has a part in these; a promise on them is what UnproxyableMethod reports. */
    static final Set<Modifier> NO_PROXY = Set.of(Modifier.STATIC, Modifier.PRIVATE);

    private final Code code;

    SelfCalls(Code code) {
        this.code = code;
    }

    /** What a call or a method reference is, if it is one on the object itself; else null. */
    @Nullable
    Call of(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            ExpressionTree qualifier = reference.getQualifierExpression();
            return isSelf(qualifier, code) ? consider(call, call, qualifier) : null;
        }
        if (!(call.getLeaf() instanceof MethodInvocationTree invocation)) {
            return null;
        }
        ExpressionTree name = invocation.getMethodSelect();
        if (name instanceof IdentifierTree) {
            return consider(call, Code.name(call), null);
        }
        return name instanceof MemberSelectTree selected && isSelf(selected.getExpression(), code)
                ? consider(call, Code.name(call), selected.getExpression())
                : null;
    }

    /** A promise that a method has of its own, by itself or by what it overrides; null if it has none. */
    static @Nullable Merged promise(ExecutableElement method, TypeElement type, Compilation compilation) {
        for (ExecutableElement declaration : compilation.hierarchy().declarations(method, type)) {
            for (Merged promise : compilation.annotations().promises(declaration)) {
                return promise;
            }
        }
        return null;
    }

    private @Nullable Call consider(TreePath call, TreePath place, @Nullable ExpressionTree self) {
        ExecutableElement method = code.called(call);
        if (method == null
                || method.getKind() != ElementKind.METHOD
                || !Collections.disjoint(method.getModifiers(), NO_PROXY)) {
            return null;
        }
        TypeElement receiver = receiver(place, self, method);
        return receiver == null || (isSuper(self) && isInsideOverride(place, method, receiver))
                ? null
                : new Call(receiver, method, place);
    }

    /** The class that is named before {@code this}, or else the innermost one around the call that has the method. */
    private @Nullable TypeElement receiver(TreePath place, @Nullable ExpressionTree self, ExecutableElement method) {
        if (self != null && !isSuper(self) && code.type(new TreePath(place, self)) instanceof DeclaredType named) {
            return (TypeElement) named.asElement();
        }
        TypeElement owner = Hierarchy.owner(method);
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof ClassTree
                    && code.element(next) instanceof TypeElement type
                    && code.compilation().hierarchy().isSubtype(type, owner)) {
                return type;
            }
        }
        return null;
    }

    /** The override was called through the proxy and has inherited the promise, which is therefore being kept. */
    private boolean isInsideOverride(TreePath place, ExecutableElement method, TypeElement receiver) {
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof MethodTree) {
                Element caller = code.element(next);
                return caller instanceof ExecutableElement override
                        && code.compilation().elements().overrides(override, method, receiver);
            }
        }
        return false;
    }

    /** {@code this} and {@code super}, also of an outer class. */
    static boolean isSelf(Tree expression, Code code) {
        if (expression instanceof ParenthesizedTree inner) {
            return isSelf(inner.getExpression(), code);
        }
        return isNamed(expression, "this", code) || isNamed(expression, "super", code);
    }

    private boolean isSuper(@Nullable ExpressionTree expression) {
        return expression != null && isNamed(expression, "super", code);
    }

    /** {@code this}, and {@code Outer.this}. */
    private static boolean isNamed(Tree expression, String name, Code code) {
        return expression instanceof IdentifierTree identifier
                ? code.text(identifier.getName()).equals(name)
                : expression instanceof MemberSelectTree selected
                        && code.text(selected.getIdentifier()).equals(name);
    }
}
