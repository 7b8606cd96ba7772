package io.plimsoll.processor.query;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;

/** Tells a write that may fail for one element while the loop goes on with the next: all of them at once could not. */
final class Isolated {

    private static final Pattern WRITE = Pattern.compile("save|delete|remove|insert|update|merge|add|create|execute");

    private Isolated() {}

    static boolean isWrite(TreePath call, ExecutableElement method) {
        if (!WRITE.matcher(method.getSimpleName()).lookingAt()) {
            return false;
        }
        Tree child = call.getLeaf();
        for (TreePath next = call.getParentPath(); next != null && !isBoundary(next.getLeaf()); ) {
            if (next.getLeaf() instanceof TryTree tried && child == tried.getBlock() && goesOn(tried.getCatches())) {
                return true;
            }
            child = next.getLeaf();
            next = next.getParentPath();
        }
        return false;
    }

    /** Where the turn of a loop, or the element of a stream, begins. */
    private static boolean isBoundary(Tree tree) {
        return tree instanceof EnhancedForLoopTree
                || tree instanceof ForLoopTree
                || tree instanceof WhileLoopTree
                || tree instanceof DoWhileLoopTree
                || tree instanceof LambdaExpressionTree
                || tree instanceof MethodTree;
    }

    private static boolean goesOn(List<? extends CatchTree> catches) {
        return !catches.isEmpty() && catches.stream().map(CatchTree::getBlock).noneMatch(Isolated::leaves);
    }

    private static boolean leaves(BlockTree block) {
        return block.getStatements().stream()
                .anyMatch(each -> each instanceof ThrowTree || each instanceof ReturnTree || each instanceof BreakTree);
    }
}
