package io.plimsoll.processor.engine;

/** Takes what an {@link ElementRule} finds. Severity and suppression are not the rule's business. */
@FunctionalInterface
public interface Findings {

    void report(Place place, Message message);
}
