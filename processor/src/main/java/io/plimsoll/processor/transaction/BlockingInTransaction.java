package io.plimsoll.processor.transaction;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.tree.Code;
import java.util.Set;

/** Forbids a wait - for time, a lock, another thread - while a database transaction is open. */
@AutoService(TreeRule.class)
public final class BlockingInTransaction implements TreeRule {

    private final OpenTransactions transactions = new OpenTransactions();
    private final Waits waits = new Waits();

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
    }

    @Override
    public Set<String> methods() {
        return waits.names();
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        String transaction = waits.mayWait(tree, code) ? transactions.around(tree, code) : null;
        String wait = transaction == null ? null : waits.of(tree, code);
        // What is sent and waited for in one expression is the business of the rule that knows what is sent.
        if (transaction != null && wait != null && code.remoteCalls().origin(tree, code) == null) {
            findings.report(Code.name(tree), message(wait, transaction));
        }
    }

    private static Message message(String wait, String transaction) {
        return new Message(
                wait + " waits while the transaction of " + transaction + " is open",
                "The database connection and every locked row are held all the time; a few such calls empty the"
                        + " connection pool",
                "wait before or after: " + OpenTransactions.split(transaction));
    }
}
