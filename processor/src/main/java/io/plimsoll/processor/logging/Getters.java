package io.plimsoll.processor.logging;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.tree.Code;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/** Looks into getters: one that masks gives nothing away. */
final class Getters {

    private Getters() {}

    /** Whether a getter returns the field as it is. If it is compiled already, its name and its type are all there is. */
    static boolean mayReturn(VariableElement field, ExecutableElement getter, Code code) {
        TreePath declaration = code.declaration(getter);
        if (declaration == null) {
            return code.compilation().types().isSameType(field.asType(), getter.getReturnType());
        }
        BlockTree body = declaration.getLeaf() instanceof MethodTree method ? method.getBody() : null;
        if (body == null) {
            return false;
        }
        for (StatementTree statement : body.getStatements()) {
            if (statement instanceof ReturnTree result && result.getExpression() != null) {
                TreePath path =
                        new TreePath(new TreePath(new TreePath(declaration, body), result), result.getExpression());
                Element returned = code.element(path);
                return field.equals(returned);
            }
        }
        return false;
    }
}
