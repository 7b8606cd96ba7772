package io.plimsoll.processor.engine;

import javax.tools.Diagnostic;

/** What a finding does to the build. */
public enum Severity {
    /** The build fails. */
    ERROR(Diagnostic.Kind.ERROR),
    /** The build goes on, with a warning. */
    WARN(Diagnostic.Kind.WARNING),
    /** The rule does not run. */
    OFF(Diagnostic.Kind.OTHER);

    private final Diagnostic.Kind kind;

    Severity(Diagnostic.Kind kind) {
        this.kind = kind;
    }

    Diagnostic.Kind kind() {
        return kind;
    }
}
