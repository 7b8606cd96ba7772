package io.plimsoll.processor.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the default of a placeholder: {@code ${jwt.secret:a-value}}. */
final class Defaults {

    /**
     * @param name the last word of the property's name: secret
     */
    record Default(String name, String value) {}

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+):([^{}]+)}");

    private Defaults() {}

    static @Nullable Default of(String value) {
        if (!value.startsWith("${")) {
            return null;
        }
        Matcher matcher = PLACEHOLDER.matcher(value);
        if (!matcher.matches() || !Names.isSecret(matcher.group(1))) {
            return null;
        }
        return new Default(matcher.group(1), matcher.group(2));
    }
}
