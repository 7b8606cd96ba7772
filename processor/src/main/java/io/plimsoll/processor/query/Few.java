package io.plimsoll.processor.query;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Knows collections whose size is written in the source: some literals, the constants of an enum. */
final class Few {

    private static final Set<String> LITERALS = Set.of("of", "asList", "ofEntries", "range", "rangeClosed");

    private final Code code;

    Few(Code code) {
        this.code = code;
    }

    /** Whether an array, a collection, or a stream of one, has as many elements as are written down. */
    boolean are(TreePath elements) {
        if (elements.getLeaf() instanceof NewArrayTree array) {
            return array.getInitializers() != null;
        }
        if (elements.getLeaf() instanceof MethodInvocationTree call) {
            ExecutableElement method = code.called(elements);
            return method != null && areMadeBy(elements, call, method);
        }
        Element element = code.element(elements);
        return element != null
                && element.getKind() == ElementKind.FIELD
                && element.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
                && isWrittenDown(element, elements);
    }

    /** {@code i < 10}. */
    boolean isBounded(TreePath condition) {
        return condition.getLeaf() instanceof BinaryTree comparison
                && (code.constant(new TreePath(condition, comparison.getRightOperand())) != null
                        || code.constant(new TreePath(condition, comparison.getLeftOperand())) != null);
    }

    private boolean areMadeBy(TreePath path, MethodInvocationTree call, ExecutableElement method) {
        String name = method.getSimpleName().toString();
        List<? extends ExpressionTree> arguments = call.getArguments();
        if (method.getModifiers().contains(Modifier.STATIC)) {
            if (name.equals("values") && arguments.isEmpty()) {
                return Hierarchy.owner(method).getKind() == ElementKind.ENUM;
            }
            return isOfJdk(method) && areListed(path, name, arguments);
        }
        return isOfJdk(method)
                && !name.equals("flatMap")
                && call.getMethodSelect() instanceof MemberSelectTree select
                && are(new TreePath(path, select.getExpression()));
    }

    private boolean areListed(TreePath path, String name, List<? extends ExpressionTree> arguments) {
        if (arguments.size() == 1) {
            TreePath only = new TreePath(path, arguments.get(0));
            TypeMirror type = code.type(only);
            if (type == null || type.getKind() == TypeKind.ARRAY) {
                return are(only);
            }
        }
        if (name.startsWith("range")) {
            return arguments.stream().allMatch(bound -> code.constant(new TreePath(path, bound)) != null);
        }
        return LITERALS.contains(name) || name.equals("allOf");
    }

    private static boolean isOfJdk(ExecutableElement method) {
        return Hierarchy.owner(method).getQualifiedName().toString().startsWith("java.util.");
    }

    /** A constant from elsewhere gets the benefit of the doubt: javac may have thrown away its source. */
    private boolean isWrittenDown(Element constant, TreePath use) {
        TreePath declaration = code.declaration(constant);
        return declaration == null
                || declaration.getCompilationUnit() != use.getCompilationUnit()
                || !(declaration.getLeaf() instanceof VariableTree variable)
                || variable.getInitializer() == null
                || are(new TreePath(declaration, variable.getInitializer()));
    }
}
