package io.plimsoll.processor.key;

import io.plimsoll.processor.model.Compilation;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import org.springframework.expression.spel.ast.InlineList;

/** Writes down the key that was meant. */
final class KeyCompletion {

    private static final List<String> WAYS =
            List.of("", ".id", ".uuid", ".key", ".code", ".name", ".value", ".username", ".toLanguageTag()");

    private KeyCompletion() {}

    /** A parameter, or what of it can be a key: {@code #tenant.id}. The parameter if there is nothing. */
    static String readable(String parameter, ExecutableElement method, Compilation compilation) {
        return WAYS.stream()
                .map(way -> "#" + parameter + way)
                .filter(each -> CompiledKey.of(each, method, compilation).problem() == null)
                .findFirst()
                .orElse("#" + parameter);
    }

    /** An expression with more parts before it. */
    static String with(String parts, String text) {
        String rest = KeyParser.parse(text) instanceof InlineList ? text.strip().substring(1) : text + "}";
        return "{" + parts + ", " + rest;
    }
}
