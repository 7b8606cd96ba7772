package io.plimsoll.processor.proxy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;
import io.plimsoll.processor.model.Hierarchy;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Finds the calls that an object makes on itself, from lambdas and inner classes as well. */
final class SelfCalls extends TreePathScanner<@Nullable Void, @Nullable Void> {

    /**
     * @param receiver the class whose own instance is called
     * @param place the name of the method, with what stands before it
     */
    record Call(TypeElement receiver, ExecutableElement method, TreePath place) {}

    /** No proxy has a part in these; a promise on them is what UnproxyableMethod reports. */
    private static final Set<Modifier> NO_PROXY = Set.of(Modifier.STATIC, Modifier.PRIVATE);

    private final Trees trees;
    private final Compilation compilation;
    private final Consumer<Call> found;

    SelfCalls(Trees trees, Compilation compilation, Consumer<Call> found) {
        this.trees = trees;
        this.compilation = compilation;
        this.found = found;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        TreePath select = new TreePath(getCurrentPath(), call.getMethodSelect());
        ExpressionTree name = call.getMethodSelect();
        if (name instanceof IdentifierTree) {
            consider(select, null);
        } else if (name instanceof MemberSelectTree selected && isSelf(selected.getExpression())) {
            consider(select, selected.getExpression());
        }
        return super.visitMethodInvocation(call, unused);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
        if (isSelf(reference.getQualifierExpression())) {
            consider(getCurrentPath(), reference.getQualifierExpression());
        }
        return super.visitMemberReference(reference, unused);
    }

    private void consider(TreePath place, @Nullable ExpressionTree self) {
        if (trees.getElement(place) instanceof ExecutableElement method
                && method.getKind() == ElementKind.METHOD
                && Collections.disjoint(method.getModifiers(), NO_PROXY)) {
            TypeElement receiver = receiver(place, self, method);
            if (receiver != null && !(isSuper(self) && isInsideOverride(place, method, receiver))) {
                found.accept(new Call(receiver, method, place));
            }
        }
    }

    /** The class that is named before {@code this}, or else the innermost one around the call that has the method. */
    private @Nullable TypeElement receiver(TreePath place, @Nullable ExpressionTree self, ExecutableElement method) {
        if (self != null
                && !isSuper(self)
                && trees.getTypeMirror(new TreePath(place, self)) instanceof DeclaredType named) {
            return (TypeElement) named.asElement();
        }
        TypeElement owner = Hierarchy.owner(method);
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof ClassTree
                    && trees.getElement(next) instanceof TypeElement type
                    && compilation.hierarchy().isSubtype(type, owner)) {
                return type;
            }
        }
        return null;
    }

    /** The override was called through the proxy and has inherited the promise, which is therefore being kept. */
    private boolean isInsideOverride(TreePath place, ExecutableElement method, TypeElement receiver) {
        for (TreePath next = place; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof MethodTree) {
                Element caller = trees.getElement(next);
                return caller instanceof ExecutableElement override
                        && compilation.elements().overrides(override, method, receiver);
            }
        }
        return false;
    }

    private static boolean isSelf(ExpressionTree expression) {
        if (expression instanceof ParenthesizedTree inner) {
            return isSelf(inner.getExpression());
        }
        return isNamed(expression, "this") || isNamed(expression, "super");
    }

    private static boolean isSuper(@Nullable ExpressionTree expression) {
        return expression != null && isNamed(expression, "super");
    }

    /** {@code this}, and {@code Outer.this}. */
    private static boolean isNamed(ExpressionTree expression, String name) {
        return expression instanceof IdentifierTree identifier
                ? identifier.getName().contentEquals(name)
                : expression instanceof MemberSelectTree selected
                        && selected.getIdentifier().contentEquals(name);
    }
}
