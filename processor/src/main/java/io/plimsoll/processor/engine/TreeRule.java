package io.plimsoll.processor.engine;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.tree.Code;
import java.util.Set;

/** A rule over method bodies. It works in javac alone; elsewhere it does not run. */
public non-sealed interface TreeRule extends Rule {

    /** The sorts of trees it wants to see. One scan serves all rules: what a rule does not ask for costs it nothing. */
    Set<Tree.Kind> kinds();

    /**
     * The names of the methods whose calls and references it wants to see; none, those of all methods. Trees that are
     * neither come in any case.
     */
    default Set<String> methods() {
        return Set.of();
    }

    /**
     * Looks at one tree of these sorts, after attribution. The code may hold errors: elements and types may be missing,
     * and a rule then stays silent. It is called for most calls of a program: it should say no soon.
     */
    void check(TreePath tree, Code code, TreeFindings findings);
}
