package io.plimsoll.processor.transaction;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.Lambdas;
import io.plimsoll.processor.tree.Receivers;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Knows where a database transaction is certainly open: in a transactional method of a class that Spring can put a
 * proxy before, in what is given to a {@code TransactionTemplate}, and in lambdas there that run at once. When in doubt
 * it is not. Not thread-safe; valid for one compilation.
 */
final class OpenTransactions {

    private static final String TEMPLATE = "org.springframework.transaction.support.TransactionOperations";
    private static final String TEMPLATE_NAME = "TransactionTemplate.";
    private static final Set<String> EXECUTE = Set.of("execute", "executeWithoutResult");
    private static final Set<String> CALLBACKS = Set.of("doInTransaction", "doInTransactionWithoutResult");

    /** A template may have any propagation; its name then says so. */
    private static final Pattern NO_TRANSACTION = Pattern.compile("(?i)without|non?[-_]?t|not_?supp|suspend|never");

    private final TransactionalMethods methods = new TransactionalMethods();
    private @Nullable Tree asked;
    private @Nullable String answer;

    /** What has opened the transaction that a tree runs in, as a person would say it; null if none is certain. */
    @Nullable
    String around(TreePath tree, Code code) {
        for (TreePath next = tree; next != null; next = next.getParentPath()) {
            Tree leaf = next.getLeaf();
            if (leaf instanceof LambdaExpressionTree
                    || (leaf == tree.getLeaf() && leaf instanceof MemberReferenceTree)) {
                TreePath taker = Lambdas.taker(next);
                if (taker != null && isTemplate(taker, code)) {
                    return TEMPLATE_NAME + Receivers.method(taker);
                }
                if (taker == null || !Lambdas.runsAtOnce(taker, code)) {
                    return null;
                }
            } else if (leaf instanceof MethodTree method) {
                return inMethod(next, method, code);
            } else if (leaf instanceof ClassTree) {
                return null;
            }
        }
        return null;
    }

    private @Nullable String inMethod(TreePath path, MethodTree method, Code code) {
        if (method != asked) { // A method holds many calls.
            asked = method;
            answer = null;
            if (isCallback(path, method, code)) {
                answer = TEMPLATE_NAME + "execute";
            } else if (code.element(path) instanceof ExecutableElement element
                    && methods.isTransactional(element, code.compilation())) {
                answer = Hierarchy.owner(element).getSimpleName() + "." + element.getSimpleName();
            }
        }
        return answer;
    }

    /** The method of an anonymous {@code TransactionCallback}: what a lambda was before there were any. */
    private static boolean isCallback(TreePath path, MethodTree method, Code code) {
        TreePath creation = path.getParentPath().getParentPath();
        if (creation == null
                || !(creation.getLeaf() instanceof NewClassTree)
                || !CALLBACKS.contains(method.getName().toString())) {
            return false;
        }
        TreePath taker = Lambdas.taker(creation);
        return taker != null && isTemplate(taker, code);
    }

    /** What to type so that something no longer runs in a transaction. */
    static String split(String transaction) {
        return transaction.startsWith(TEMPLATE_NAME)
                ? "move it out of what is given to " + transaction
                : "take the transaction off " + transaction.substring(transaction.indexOf('.') + 1)
                        + " and put @Transactional on a method of another bean that holds the database work alone";
    }

    private static boolean isTemplate(TreePath taker, Code code) {
        ExecutableElement method = code.called(taker);
        if (method == null || !EXECUTE.contains(method.getSimpleName().toString())) {
            return false;
        }
        TypeElement receiver = Receivers.type(taker, method, code);
        TreePath template = Receivers.of(taker);
        return template != null
                && !NO_TRANSACTION.matcher(lastName(template)).find()
                && code.compilation().hierarchy().of(receiver).stream()
                        .anyMatch(each -> each.getQualifiedName().contentEquals(TEMPLATE));
    }

    private static String lastName(TreePath template) {
        String text = ((ExpressionTree) template.getLeaf()).toString();
        return text.substring(text.lastIndexOf('.') + 1);
    }
}
