package io.plimsoll.processor.engine;

/** How severe rules are when the build does not say so rule by rule. */
public enum Profile {
    /** Rules that a team has to want are on, and what is wrong in nearly every case is an error. */
    STRICT,
    /** The default: what is certainly wrong is an error. */
    RECOMMENDED,
    /** For a code base that begins: what existing code could trip over is a warning. */
    ADOPT
}
