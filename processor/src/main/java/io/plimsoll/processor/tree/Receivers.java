package io.plimsoll.processor.tree;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** What calls are made on. */
public final class Receivers {

    private Receivers() {}

    /** The name of the method that a call or a method reference names; null for any other tree. */
    public static @Nullable Name method(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return reference.getName();
        }
        return call.getLeaf() instanceof MethodInvocationTree invocation
                ? invocation.getMethodSelect() instanceof MemberSelectTree selected ? selected.getIdentifier() : null
                : null;
    }

    /** The expression before the name of the method, parentheses and casts looked through; null if there is none. */
    public static @Nullable TreePath of(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return peeled(new TreePath(call, reference.getQualifierExpression()));
        }
        TreePath name = Code.name(call);
        return name.getLeaf() instanceof MemberSelectTree selected
                ? peeled(new TreePath(name, selected.getExpression()))
                : null;
    }

    private static TreePath peeled(TreePath expression) {
        ExpressionTree inner = expression.getLeaf() instanceof ParenthesizedTree parentheses
                ? parentheses.getExpression()
                : expression.getLeaf() instanceof TypeCastTree cast ? cast.getExpression() : null;
        return inner == null ? expression : peeled(new TreePath(expression, inner));
    }

    /** The type that a method is called on: the declared one of the receiver, or else the one that has the method. */
    public static TypeElement type(TreePath call, ExecutableElement method, Code code) {
        TreePath name = Code.name(call);
        ExpressionTree receiver = name.getLeaf() instanceof MemberSelectTree selected
                ? selected.getExpression()
                : name.getLeaf() instanceof MemberReferenceTree reference ? reference.getQualifierExpression() : null;
        return receiver != null
                        && code.type(new TreePath(name, receiver)) instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement type
                ? type
                : Hierarchy.owner(method);
    }
}
