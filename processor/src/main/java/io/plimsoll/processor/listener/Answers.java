package io.plimsoll.processor.listener;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import io.plimsoll.processor.model.Hierarchy;
import io.plimsoll.processor.model.Loggers;
import io.plimsoll.processor.tree.Code;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Knows what is an answer to an error, and what only tells of it. Whatever is not known to tell is an answer. */
final class Answers {

    private static final Pattern ACKNOWLEDGES =
            Pattern.compile("(.*\\.)?(acknowledge\\w*|nack|(negativeA|a)ck\\w*|basic(Ack|Nack|Reject))");

    /** Of a metric or a trace. */
    private static final Pattern METERS = Pattern.compile(
            "(io\\.(micrometer|opentelemetry|opentracing|prometheus)|com\\.codahale\\.metrics|brave)\\..*");

    private static final Set<String> TEXTS = Set.of(
            "java.lang.String",
            "java.lang.StringBuilder",
            "java.lang.Object",
            "java.lang.Class",
            "java.util.Objects",
            "java.util.Arrays",
            "java.io.PrintStream");

    private final Code code;

    Answers(Code code) {
        this.code = code;
    }

    /** Whether a catch block does anything about the error. */
    boolean isGivenIn(TreePath block) {
        Answer answer = new Answer();
        answer.scan(block, null);
        return answer.found;
    }

    /** Whether a call writes a log or counts something. */
    boolean onlyTells(TreePath call) {
        ExecutableElement method = code.called(call);
        if (method == null) {
            return false;
        }
        TypeElement owner = Hierarchy.owner(method);
        String name = owner.getQualifiedName().toString();
        return TEXTS.contains(name)
                || METERS.matcher(name).matches()
                || Loggers.isLogger(owner, code.compilation().hierarchy())
                || isThrowable(owner);
    }

    /** Whether there is a call that tells the broker what became of the message. */
    static boolean acknowledges(Tree tree) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                found[0] |=
                        ACKNOWLEDGES.matcher(call.getMethodSelect().toString()).matches();
                return super.visitMethodInvocation(call, null);
            }
        }.scan(tree, null);
        return found[0];
    }

    private boolean isThrowable(TypeElement type) {
        return code.compilation().hierarchy().of(type).stream()
                .anyMatch(each -> each.getQualifiedName().contentEquals("java.lang.Throwable"));
    }

    private final class Answer extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private boolean found;

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
            if (!onlyTells(getCurrentPath())) {
                found = true;
            }
            ExecutableElement method = code.called(getCurrentPath());
            boolean log = method != null
                    && Loggers.isLogger(
                            Hierarchy.owner(method), code.compilation().hierarchy());
            // What a log line is put together from does nothing about the error.
            return log ? null : super.visitMethodInvocation(call, null);
        }

        @Override
        public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
            found = true;
            return null;
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
            found = true;
            return null;
        }

        /** A reply. */
        @Override
        public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
            found |= tree.getExpression() != null && tree.getExpression().getKind() != Tree.Kind.NULL_LITERAL;
            return null;
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
            found = true;
            return null;
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree tree, @Nullable Void unused) {
            found = true;
            return null;
        }

        @Override
        public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
            boolean changes = tree.getKind().name().contains("CREMENT");
            found |= changes;
            return super.visitUnary(tree, null);
        }
    }
}
