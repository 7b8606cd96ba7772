package io.plimsoll.processor.transaction;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.Sending;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.RemoteCall;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Forbids a message to a broker inside a database transaction that may still roll back. */
@AutoService(TreeRule.class)
public final class PublishWithoutOutbox implements TreeRule {

    private static final String AFTER_COMMIT = "org.springframework.transaction.event.TransactionalEventListener";

    /** What empties an outbox sends inside the transaction that marks the message as sent, and is right to do so. */
    private static final Pattern RELAY = Pattern.compile("(?i)outbox|relay");

    private final OpenTransactions transactions = new OpenTransactions();

    @Override
    public Severity severity(Profile profile) {
        return Severity.WARN;
    }

    @Override
    public Set<Tree.Kind> kinds() {
        return Set.of(Tree.Kind.METHOD_INVOCATION, Tree.Kind.MEMBER_REFERENCE);
    }

    @Override
    public void check(TreePath tree, Code code, TreeFindings findings) {
        RemoteCall call = code.remoteCalls().of(tree, code);
        String transaction = call != null && call.sending() == Sending.MESSAGE ? transactions.around(tree, code) : null;
        if (call != null && transaction != null && !isMeant(tree, code)) {
            findings.report(Code.name(tree), message(call.name(), transaction));
        }
    }

    private static boolean isMeant(TreePath tree, Code code) {
        TypeElement type = code.enclosingType(tree);
        ExecutableElement method = code.enclosingMethod(tree);
        return (type != null && (RELAY.matcher(type.getSimpleName()).find() || isSink(type, code)))
                || (method != null
                        && (RELAY.matcher(method.getSimpleName()).find()
                                || code.compilation().annotations().find(method, AFTER_COMMIT) != null));
    }

    /** The outbox calls it when the event is committed. */
    private static boolean isSink(TypeElement type, Code code) {
        return code.compilation().hierarchy().of(type).stream()
                .anyMatch(each -> each.getQualifiedName().contentEquals(OutboxSink.class.getName()));
    }

    private static Message message(String send, String transaction) {
        return new Message(
                send + " sends its message before the transaction of " + transaction + " has committed",
                "The message is out even if the transaction rolls back, and who receives it may look for rows that are"
                        + " not there yet",
                "@Outboxed(topic = \"...\") on a method that returns the event, or Outbox.publish(...) here: both write it"
                        + " in this transaction and deliver it when that has committed");
    }
}
