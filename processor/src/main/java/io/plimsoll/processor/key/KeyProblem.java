package io.plimsoll.processor.key;

import io.plimsoll.processor.engine.Findings;
import io.plimsoll.processor.engine.Message;
import io.plimsoll.processor.model.Compilation;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Why an expression does not become a key. Thrown from wherever in the expression it is found. */
final class KeyProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which rule it is a case for. */
    enum Kind {
        /** There is no such thing, or it cannot be used here. */
        UNRESOLVABLE,
        /** There is a value, but it is not the same one tomorrow. */
        UNSTABLE,
        /** A type does not exist (yet): the compiler has its own word about that. */
        UNKNOWN
    }

    private final Kind kind;
    private final transient Message message;
    private transient @Nullable Span span;
    private transient @Nullable TypeElement receiver;

    private KeyProblem(Kind kind, Message message) {
        super(message.what(), null, false, false);
        this.kind = kind;
        this.message = message;
    }

    static KeyProblem unresolvable(String what, String fix) {
        return new KeyProblem(
                Kind.UNRESOLVABLE,
                new Message(what, "Nobody could tell which calls are the same, and the method would not run", fix));
    }

    static KeyProblem unstable(String what, String why, String fix) {
        return new KeyProblem(Kind.UNSTABLE, new Message(what, why, fix));
    }

    static KeyProblem unknown(String type) {
        return new KeyProblem(Kind.UNKNOWN, new Message(type + " does not exist", "", ""));
    }

    /** The problem, now known to be in a part of the expression; the first to say so is the nearest. */
    KeyProblem at(Span part) {
        if (span == null) {
            span = part;
        }
        return this;
    }

    /** Notes in which type a member was asked for; the first one counts, which is the innermost. */
    KeyProblem in(TypeMirror type) {
        receiver = receiver != null ? receiver : JavaTypes.element(type);
        return this;
    }

    /** Whether another processor may solve it in this round: what is compiled already stays as it is. */
    boolean mayPass(Compilation compilation) {
        TypeElement type = receiver;
        if (type != null && !compilation.sources().contains(type)) {
            return false;
        }
        return kind == Kind.UNKNOWN || (type != null && Lombok.writesInto(type, compilation));
    }

    /** Reports the problems of one kind that the expressions on an element have. */
    static void report(Kind kind, Element element, Compilation compilation, Findings findings) {
        for (KeyUse use : KeyUse.on(element, compilation)) {
            KeyProblem problem = use.compiled().problem();
            if (problem != null && problem.kind == kind) {
                Message message = problem.message;
                String where = problem.span == null ? null : problem.span.under(use.text());
                findings.report(
                        use.place(),
                        new Message(use.subject() + ": " + message.what(), why(use, problem), message.fix(), where));
            }
        }
    }

    private static String why(KeyUse use, KeyProblem problem) {
        if (problem.kind == Kind.UNRESOLVABLE && use.mark().afterwards()) {
            return use.site() instanceof ExecutableElement
                    ? "It could not be evaluated, and the call would fail after the method has run"
                    : "It could not be evaluated, and the event could not be published";
        }
        return problem.message.why();
    }

    Message message() {
        return message;
    }
}
