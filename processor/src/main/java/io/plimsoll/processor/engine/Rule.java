package io.plimsoll.processor.engine;

/**
 * Something the compiler refuses, named for what it forbids. A rule is found by {@link java.util.ServiceLoader}, has a
 * test, and a page {@code docs/rules/<name>.md}. One instance serves one compilation, on one thread.
 */
public sealed interface Rule permits ElementRule, TreeRule, UnusedSuppression {

    /** The name that users see in messages, options and suppressions: the name of the class. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** How severe the rule is in a profile. */
    default Severity severity(Profile profile) {
        return Severity.ERROR;
    }
}
