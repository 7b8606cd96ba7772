package io.plimsoll.processor.tree;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Attributed source code. What does not compile has no element and no type: then the answer is null, and a rule stays
 * silent. Valid for one compilation, after annotation processing; not thread-safe.
 */
public final class Code {

    private final Trees trees;
    private final Compilation compilation;
    private final RemoteCalls remoteCalls = new RemoteCalls();
    private final Map<Name, String> texts = new HashMap<>();
    private @Nullable TreePath asked;
    private @Nullable ExecutableElement answer;

    public Code(Trees trees, Compilation compilation) {
        this.trees = trees;
        this.compilation = compilation;
    }

    public Compilation compilation() {
        return compilation;
    }

    /** What calls send to other services: the rules that ask share the answers. */
    public RemoteCalls remoteCalls() {
        return remoteCalls;
    }

    /** A name as text. The compiler would make a new string each time. */
    public String text(Name name) {
        String known = texts.get(name);
        if (known == null) {
            known = name.toString();
            texts.put(name, known);
        }
        return known;
    }

    /**
     * The method or constructor that a call, a {@code new} or a method reference leads to.
     *
     * @param call of kind METHOD_INVOCATION, NEW_CLASS or MEMBER_REFERENCE
     */
    public @Nullable ExecutableElement called(TreePath call) {
        if (call != asked) { // Many rules ask about the same call.
            asked = call;
            // What javac makes up for a call that does not compile belongs to no type.
            answer = element(name(call)) instanceof ExecutableElement method
                            && method.getEnclosingElement() instanceof TypeElement
                    ? method
                    : null;
        }
        return answer;
    }

    /** The place to point at for a call: the name of the method, with what stands before it; else the tree itself. */
    public static TreePath name(TreePath call) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                ? new TreePath(call, invocation.getMethodSelect())
                : call;
    }

    /** What a tree declares or refers to. */
    public @Nullable Element element(TreePath tree) {
        return trees.getElement(tree);
    }

    /**
     * Where an element is declared; null for what comes from a class file, and for locals. Only the type that is being
     * looked at is sure to be whole: javac takes others apart as it goes.
     */
    public @Nullable TreePath declaration(Element element) {
        return trees.getPath(element);
    }

    /** The type of an expression. */
    public @Nullable TypeMirror type(TreePath expression) {
        return trees.getTypeMirror(expression);
    }

    /** The value of an expression if the compiler knows it, such as a literal or a constant that is named. */
    public @Nullable Object constant(TreePath expression) {
        return Constants.value(expression, this);
    }

    /** The class around a tree, anonymous and local ones included; the tree itself if it is one. */
    public @Nullable TypeElement enclosingType(TreePath tree) {
        TreePath path = around(tree, ClassTree.class);
        return path != null && element(path) instanceof TypeElement type ? type : null;
    }

    /** The method or constructor whose body holds a tree, lambdas looked through; null in initialisers and fields. */
    public @Nullable ExecutableElement enclosingMethod(TreePath tree) {
        TreePath path = enclosingMethodPath(tree);
        return path != null && element(path) instanceof ExecutableElement method ? method : null;
    }

    /** As {@link #enclosingMethod}, its tree. */
    public @Nullable TreePath enclosingMethodPath(TreePath tree) {
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof MethodTree) {
                return next;
            }
            if (next.getLeaf() instanceof ClassTree) {
                return null;
            }
        }
        return null;
    }

    /** The innermost lambda around a tree within its method: its code may run later, elsewhere, often or never. */
    public @Nullable TreePath enclosingLambda(TreePath tree) {
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            if (next.getLeaf() instanceof LambdaExpressionTree) {
                return next;
            }
            if (next.getLeaf() instanceof MethodTree || next.getLeaf() instanceof ClassTree) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable TreePath around(TreePath tree, Class<? extends Tree> kind) {
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            if (kind.isInstance(next.getLeaf())) {
                return next;
            }
        }
        return null;
    }
}
