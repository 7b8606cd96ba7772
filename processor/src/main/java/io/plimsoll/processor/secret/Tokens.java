package io.plimsoll.processor.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shapes of tokens that say by themselves what they are. The issuers have published them for this very purpose. */
final class Tokens {

    private static final int SHORTEST = 20;

    private static final Map<String, Pattern> SHAPES = new LinkedHashMap<>();

    static {
        shape("an AWS access key", "(AKIA|ASIA)[A-Z2-7]{16}");
        shape("a GitHub token", "gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}");
        shape("a GitLab token", "glpat-[\\w-]{20,}");
        shape("a Slack token", "xox[abeprs]-[A-Za-z0-9-]{20,}");
        shape("a Stripe key", "[sr]k_live_[A-Za-z0-9]{20,}");
        shape("a Google API key", "AIza[\\w-]{35}");
        shape("a SendGrid key", "SG\\.[\\w-]{20,}\\.[\\w-]{40,}");
        shape("an npm token", "npm_[A-Za-z0-9]{36}");
        shape("a signed JSON web token", "(Bearer )?eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{20,}");
        // The header alone is what a parser of keys looks for.
        shape("a private key", "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*[A-Za-z0-9+/]{40}.*");
    }

    private Tokens() {}

    private static void shape(String sort, String regex) {
        SHAPES.put(sort, Pattern.compile(regex));
    }

    /** What a text is, with its article; null if it is none of them. */
    static @Nullable String sort(String value) {
        if (value.length() < SHORTEST || !mayBegin(value.charAt(0)) || Values.isExample(value)) {
            return null;
        }
        for (Map.Entry<String, Pattern> shape : SHAPES.entrySet()) {
            if (shape.getValue().matcher(value).matches()) {
                return shape.getKey();
            }
        }
        return null;
    }

    private static boolean mayBegin(char first) {
        return "AgxsrSneB-".indexOf(first) >= 0;
    }
}
