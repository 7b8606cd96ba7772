package io.plimsoll.processor.engine;

/**
 * What a rule has to say, without the full stops.
 *
 * @param what what is wrong, naming the code
 * @param why why it hurts
 * @param fix what to type
 */
public record Message(String what, String why, String fix) {

    private static final String PAGES = "https://github.com/plimsoll/plimsoll/blob/main/docs/rules/";

    String text(Rule rule) {
        return "[" + rule.name() + "] " + sentence(what) + " " + sentence(why) + " " + sentence("Fix: " + fix)
                + " See: " + PAGES + rule.name() + ".md";
    }

    private static String sentence(String text) {
        return text.endsWith("?") ? text : text + ".";
    }
}
