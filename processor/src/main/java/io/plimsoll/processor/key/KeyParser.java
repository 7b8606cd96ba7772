package io.plimsoll.processor.key;

import java.util.Locale;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Reads the text of an expression with Spring's own parser, so that the grammar is the one that developers know. */
final class KeyParser {

    private KeyParser() {}

    /** @throws KeyProblem if the text is not an expression */
    static SpelNode parse(String text) {
        if (text.isBlank()) {
            throw KeyProblem.unresolvable("it is blank", "an expression such as \"#order.id\", or the empty string");
        }
        try {
            return new SpelExpressionParser().parseRaw(text).getAST();
        } catch (ParseException e) {
            throw problem(text, e.getPosition(), e.getSimpleMessage());
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw problem(text, 0, String.valueOf(e.getMessage()));
        }
    }

    private static KeyProblem problem(String text, int position, String words) {
        String problem = words.replaceFirst("^EL\\d+E: ", "");
        String where = position > 0 && position < text.length()
                ? " at character " + (position + 1) + ", before \"" + text.substring(position) + "\""
                : "";
        KeyProblem found = KeyProblem.unresolvable(
                "it does not parse: " + problem.substring(0, 1).toLowerCase(Locale.ROOT) + problem.substring(1) + where,
                fix(text));
        int at = Math.min(position, text.length());
        return position > 0 ? found.at(new Span(at, at)) : found;
    }

    private static String fix(String text) {
        if (text.contains("#{") && text.endsWith("}")) {
            return "\"" + text.replace("#{", "").replaceFirst("}$", "") + "\", without #{ }";
        }
        if (text.contains("${")) {
            return "an expression over the parameters, such as \"#order.id\"; a placeholder has no place here";
        }
        return "an expression in SpEL syntax over the parameters, such as \"#order.id\" or \"{#tenant, #number}\"";
    }
}
