package io.plimsoll.processor.query;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.tree.Code;
import java.util.List;

/** Tells whether a call runs once for each element of something whose number nobody knows. */
final class Loops {

    private final Code code;

    Loops(Code code) {
        this.code = code;
    }

    /** A quick look: whether there is anything around a call that could repeat it. */
    static boolean mayBeAround(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree) {
            return true;
        }
        for (TreePath next = call; next != null; next = next.getParentPath()) {
            switch (next.getLeaf().getKind()) {
                case ENHANCED_FOR_LOOP, FOR_LOOP, WHILE_LOOP, DO_WHILE_LOOP, LAMBDA_EXPRESSION -> {
                    return true;
                }
                case METHOD, CLASS, INTERFACE, ENUM, RECORD -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    boolean around(TreePath call) {
        boolean leavesMethod = false; // Such as: return repository.save(order)
        boolean leavesLoop = false; // Such as: repository.save(order); break;
        Tree child = call.getLeaf();
        for (TreePath next = call; next != null; next = next.getParentPath()) {
            Tree tree = next.getLeaf();
            if (tree instanceof MethodTree || tree instanceof ClassTree) {
                return false;
            } else if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
                Functions.Runs runs = new Functions(code).runs(next);
                if (runs != Functions.Runs.ONCE) {
                    return runs == Functions.Runs.PER_ELEMENT;
                }
                leavesMethod = false;
                leavesLoop = false;
            } else if (tree instanceof ReturnTree || tree instanceof ThrowTree) {
                leavesMethod = true;
            } else if (tree instanceof BlockTree block) {
                leavesMethod |= isFollowed(child, block.getStatements(), false);
                leavesLoop |= isFollowed(child, block.getStatements(), true);
            } else if (tree instanceof CaseTree single && single.getStatements() != null) {
                leavesMethod |= isFollowed(child, single.getStatements(), false);
            } else if (tree instanceof SwitchTree) {
                leavesLoop = false;
            } else if (isLoop(tree)) {
                if (!leavesMethod && !leavesLoop && repeats(next, child)) {
                    return true;
                }
                leavesLoop = false;
            }
            child = tree;
        }
        return false;
    }

    /** Whether a statement after this one ends the loop or the method: the call is the last of its kind. */
    private static boolean isFollowed(Tree child, List<? extends StatementTree> statements, boolean byBreak) {
        int position = statements.indexOf(child);
        return statements.subList(position + 1, statements.size()).stream()
                .anyMatch(each ->
                        byBreak ? each instanceof BreakTree : each instanceof ReturnTree || each instanceof ThrowTree);
    }

    private static boolean isLoop(Tree tree) {
        return tree instanceof EnhancedForLoopTree
                || tree instanceof ForLoopTree
                || tree instanceof WhileLoopTree
                || tree instanceof DoWhileLoopTree;
    }

    /** @param child the part of the loop that holds the call */
    private boolean repeats(TreePath path, Tree child) {
        Tree loop = path.getLeaf();
        if (loop instanceof EnhancedForLoopTree each) {
            return child == each.getStatement()
                    && !Pace.waits(each)
                    && !new Few(code).are(new TreePath(path, each.getExpression()));
        }
        if (loop instanceof ForLoopTree counted) {
            return !counted.getInitializer().contains(child)
                    && counted.getCondition() != null
                    && !Pace.waits(counted)
                    && !new Few(code).isBounded(new TreePath(path, counted.getCondition()))
                    && !Pace.isRepeatedTry(counted.getCondition());
        }
        if (loop instanceof WhileLoopTree repeated) {
            return child == repeated.getStatement() && Pace.goesByElement(repeated.getCondition(), loop);
        }
        return loop instanceof DoWhileLoopTree repeated
                && child == repeated.getStatement()
                && Pace.goesByElement(repeated.getCondition(), loop);
    }
}
