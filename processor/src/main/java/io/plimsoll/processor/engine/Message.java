package io.plimsoll.processor.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a rule has to say, without the full stops. The sentences are the first line, which stands for itself where a tool
 * shows one line only.
 *
 * @param what what is wrong, naming the code
 * @param why why it hurts
 * @param fix what to type
 * @param detail lines below the sentences, such as an expression and a caret under a part of it; null if there are none
 */
public record Message(
        String what, String why, String fix, @Nullable String detail) {

    private static final String PAGES = "https://github.com/plimsoll/plimsoll/blob/main/docs/rules/";

    public Message(String what, String why, String fix) {
        this(what, why, fix, null);
    }

    String text(Rule rule) {
        return "[" + rule.name() + "] " + sentence(what) + " " + sentence(why) + " " + sentence("Fix: " + fix)
                + " See: " + PAGES + rule.name() + ".md"
                + (detail == null ? "" : "\n" + detail);
    }

    private static String sentence(String text) {
        return text.endsWith("?") ? text : text + ".";
    }
}
