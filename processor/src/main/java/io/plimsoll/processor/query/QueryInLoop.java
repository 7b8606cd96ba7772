package io.plimsoll.processor.query;

import com.google.auto.service.AutoService;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.engine.Profile;
import io.plimsoll.processor.engine.Severity;
import io.plimsoll.processor.engine.TreeFindings;
import io.plimsoll.processor.engine.TreeRule;
import io.plimsoll.processor.model.DataAccess;
import io.plimsoll.processor.tree.Code;
import io.plimsoll.processor.tree.TestCode;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * Forbids a call to the database for each turn of a loop, or for each element of a stream: known as N+1. Work in pages
 * or chunks, another try of the same call, and a handful of constants are not meant.
 */
@AutoService(TreeRule.class)
public final class QueryInLoop implements TreeRule {

    private final TestCode tests = new TestCode();
    private @Nullable DataAccess access;

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
        if (!Loops.mayBeAround(tree)) {
            return;
        }
        ExecutableElement method = code.called(tree);
        if (method == null) {
            return;
        }
        Queries.Query query = new Queries(code, access(code)).of(tree, method);
        if (query != null
                && new Loops(code).around(tree)
                && !Isolated.isWrite(tree, method)
                && !tests.holds(tree, code)) {
            findings.report(Code.name(tree), message(query));
        }
    }

    /** Once for a compilation, since it remembers the types it has seen. */
    private DataAccess access(Code code) {
        DataAccess known = access;
        if (known == null) {
            known = new DataAccess(code.compilation());
            access = known;
        }
        return known;
    }

    private static Message message(Queries.Query query) {
        return new Message(
                query.owner().getSimpleName() + "." + query.method().getSimpleName()
                        + " goes to the database for each turn of this loop",
                "A thousand elements are a thousand round trips, where one or two would do",
                query.fix());
    }
}
