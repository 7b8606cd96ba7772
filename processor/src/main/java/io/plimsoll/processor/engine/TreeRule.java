package io.plimsoll.processor.engine;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.plimsoll.processor.model.Compilation;

/** A rule over method bodies. It works in javac alone; elsewhere it does not run. */
public non-sealed interface TreeRule extends Rule {

    /**
     * Looks at one top-level type with all that is nested in it, after attribution. The code may hold errors: elements
     * of trees may be missing, and a rule then stays silent.
     */
    void check(TreePath type, Trees trees, Compilation compilation, TreeFindings findings);
}
