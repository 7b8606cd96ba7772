package io.plimsoll.processor.transaction;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Sending;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.RemoteCall;
import io.plimsoll.processor.tree.RemoteCalls;
import java.util.EnumSet;
import java.util.Set;

/** Forbids a call that waits for another service while a database transaction is open. */
@AutoService(TreeRule.class)
public final class RemoteCallInTransaction implements TreeRule {

    private static final Set<Sending> WAITING = EnumSet.of(Sending.CALL, Sending.DECLARED_CALL, Sending.REQUEST);

    private final OpenTransactions transactions = new OpenTransactions();

    @Override
    public Severity severity(Profile profile) {
        return profile == Profile.ADOPT ? Severity.WARN : Severity.ERROR;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return RemoteCalls.KINDS;
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        RemoteCall call = code.remoteCalls().of(tree, code);
        String transaction = call != null && WAITING.contains(call.sending()) ? transactions.around(tree, code) : null;
        if (call != null && transaction != null) {
            findings.report(Code.name(tree), message(call.name(), transaction));
        }
    }

    private static Message message(String call, String transaction) {
        return new Message(
                call + " is called while the transaction of " + transaction + " is open",
                "The database connection and every locked row are held for as long as the other service takes, and a"
                        + " rollback does not undo the call",
                "call it before or after: " + OpenTransactions.split(transaction));
    }
}
