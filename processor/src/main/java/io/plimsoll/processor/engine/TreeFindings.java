package io.plimsoll.processor.engine;

import com.sun.source.util.TreePath;

/** Takes what a {@link TreeRule} finds. Severity and suppression are not the rule's business. */
@FunctionalInterface
public interface TreeFindings {

    void report(TreePath place, Message message);
}
