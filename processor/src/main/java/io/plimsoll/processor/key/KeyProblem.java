package io.plimsoll.processor.key;

import io.plimsoll.processor.engine.Message;

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

    Kind kind() {
        return kind;
    }

    Message message() {
        return message;
    }
}
