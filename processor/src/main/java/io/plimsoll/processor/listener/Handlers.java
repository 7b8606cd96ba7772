package io.plimsoll.processor.listener;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.tree.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Finds the catch blocks that stand around the whole of a method, take everything, and do nothing about it. */
final class Handlers {

    private static final Set<String> EVERYTHING =
            Set.of("java.lang.Exception", "java.lang.RuntimeException", "java.lang.Throwable");

    private final Code code;

    Handlers(Code code) {
        this.code = code;
    }

    /** The parameters of these catch blocks. */
    List<TreePath> swallowing(TreePath method) {
        BlockTree body = method.getLeaf() instanceof MethodTree declared ? declared.getBody() : null;
        TreePath work = body == null ? null : work(new TreePath(method, body));
        if (work == null || !(work.getLeaf() instanceof TryTree attempt)) {
            return List.of();
        }
        List<TreePath> found = new ArrayList<>();
        for (CatchTree each : attempt.getCatches()) {
            TreePath handler = new TreePath(work, each);
            TreePath parameter = new TreePath(handler, each.getParameter());
            if (takesEverything(parameter)
                    && !new Answers(code).isGivenIn(new TreePath(handler, each.getBlock()))
                    && !Answers.acknowledges(attempt.getBlock())) {
                found.add(parameter);
            }
        }
        return found;
    }

    /** The one statement that does the work, seen through a loop over a batch; null if there are several. */
    private @Nullable TreePath work(TreePath block) {
        List<? extends StatementTree> statements = ((BlockTree) block.getLeaf()).getStatements();
        List<? extends StatementTree> working =
                statements.stream().filter(Handlers::mayBeWork).toList();
        if (working.size() != 1) {
            return null; // Known before the others are looked at: most methods have none.
        }
        for (StatementTree statement : statements) {
            if (!mayBeWork(statement) && !isAside(new TreePath(block, statement))) {
                return null;
            }
        }
        TreePath work = new TreePath(block, working.get(0));
        if (work.getLeaf() instanceof EnhancedForLoopTree batch) {
            return batch.getStatement() instanceof BlockTree ? work(new TreePath(work, batch.getStatement())) : null;
        }
        return work;
    }

    private static boolean mayBeWork(StatementTree statement) {
        return statement instanceof TryTree || statement instanceof EnhancedForLoopTree;
    }

    /** What prepares, guards, logs or acknowledges: no work that could fail for a reason of its own. */
    private boolean isAside(TreePath statement) {
        Tree tree = statement.getLeaf();
        if (tree instanceof IfTree guard) {
            return guard.getElseStatement() == null && isReturn(guard.getThenStatement());
        }
        if (tree instanceof ExpressionStatementTree expression
                && expression.getExpression() instanceof MethodInvocationTree call) {
            TreePath path = new TreePath(statement, call);
            return Answers.acknowledges(call) || new Answers(code).onlyTells(path);
        }
        return tree instanceof VariableTree || tree instanceof ReturnTree;
    }

    private static boolean isReturn(StatementTree statement) {
        return statement instanceof ReturnTree
                || (statement instanceof BlockTree block
                        && !block.getStatements().isEmpty()
                        && block.getStatements().get(block.getStatements().size() - 1) instanceof ReturnTree);
    }

    private boolean takesEverything(TreePath parameter) {
        return code.type(parameter) instanceof DeclaredType type && EVERYTHING.contains(type.toString());
    }
}
