package io.plimsoll.processor.query;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells loops over elements from those that wait, try again, or go on for as long as a query finds something. */
final class Pace {

    private static final Pattern ELEMENTS =
            Pattern.compile("\\b(hasNext|hasMoreElements|next|readLine|readNext|isEmpty|size|poll)\\(|\\.length\\b");

    private static final Pattern TRIES = Pattern.compile("retr(y|ies)|attempt|tries|page|batch|chunk|offset", 2);

    private static final Set<String> WAITS = Set.of("sleep", "await", "wait", "parkNanos", "onSpinWait");

    private Pace() {}

    /** Whether it polls, or spares the database on purpose. */
    static boolean waits(Tree loop) {
        return anyCall(loop, WAITS);
    }

    static boolean isRepeatedTry(ExpressionTree condition) {
        return TRIES.matcher(condition.toString()).find();
    }

    /** Whether a condition asks for the next element, and nothing in the loop fetches the next chunk instead. */
    static boolean goesByElement(ExpressionTree condition, Tree loop) {
        String text = condition.toString();
        return ELEMENTS.matcher(text).find() && !isRepeatedTry(condition) && !waits(loop) && !isFetched(text, loop);
    }

    private static boolean isFetched(String condition, Tree loop) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
                Pattern name =
                        Pattern.compile("\\b" + Pattern.quote(tree.getVariable().toString()) + "\\b");
                // What the condition itself assigns is the element: while ((line = reader.readLine()) != null)
                boolean inCondition = condition.contains(tree.toString());
                found[0] |= !inCondition && name.matcher(condition).find();
                return super.visitAssignment(tree, null);
            }
        }.scan(loop, null);
        return found[0];
    }

    private static boolean anyCall(Tree tree, Set<String> names) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                String select = call.getMethodSelect().toString();
                found[0] |= names.contains(select.substring(select.lastIndexOf('.') + 1));
                return super.visitMethodInvocation(call, null);
            }
        }.scan(tree, null);
        return found[0];
    }
}
