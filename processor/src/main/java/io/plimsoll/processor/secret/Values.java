package io.plimsoll.processor.secret;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells a secret from a name, a path, a code or a text for people, by its characters. */
final class Values {

    /** Nothing shorter is worth a look. */
    static final int SHORTEST = 6;

    private static final int SHORTEST_KEY = 12;

    /** In bits for each character (Shannon). Hexadecimal keys reach 3.5, words and codes stay below 3. */
    private static final double RANDOM = 3.0;

    /** No space, no bracket, no quote: what has one is a text, a pattern or a template. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9!#$%&*+,.:;/=?@^_~-]+");

    /** AES/CBC/PKCS5Padding, x-oauth2-flow, error.1002: words that are joined, with a number now and then. */
    private static final Pattern WORDS = Pattern.compile("([A-Za-z]*[0-9]{0,4}[._:/,-])+[A-Za-z]*[0-9]{0,4}");

    /** A10023, ERR1002. */
    private static final Pattern CODE = Pattern.compile("[A-Z]{1,4}[0-9]+");

    /** What people take for a password if it has to be of digits. */
    private static final Pattern WEAK_DIGITS = Pattern.compile("1234[0-9]+|([0-9])\\1+");

    private static final Pattern TELLING = Pattern.compile("passw|pwd|secret|token|credential|apikey");

    private static final Pattern EXAMPLE = Pattern.compile(
            "example|dummy|fake|mock|sample|placeholder|change|your|redacted|xxx|\\*\\*\\*|invalid|unknown");

    private Values() {}

    /** A quick look. */
    static boolean mayBeSecret(String value) {
        boolean other = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
            other |= c < 'A' || (c > 'Z' && c < 'a') || c > 'z';
        }
        return other;
    }

    static boolean isExample(String value) {
        return EXAMPLE.matcher(value.toLowerCase(Locale.ROOT)).find();
    }

    /** @param name of what takes the value; a password may be simpler than a key */
    static boolean looksSecret(String written, String name) {
        // Spring Security's word for a password in clear.
        String value = written.startsWith("{noop}") ? written.substring("{noop}".length()) : written;
        if (!PLAIN.matcher(value).matches()
                || value.contains("://")
                || value.contains("${")
                || "/.#$%?:&".indexOf(value.charAt(0)) >= 0
                || WORDS.matcher(value).matches()
                || CODE.matcher(value).matches()
                || isExample(value)
                || TELLING.matcher(value.toLowerCase(Locale.ROOT)).find()) {
            return false;
        }
        boolean mixed = has(value, true) && has(value, false);
        return Names.isPassword(name)
                ? value.length() >= SHORTEST
                        && (mixed || WEAK_DIGITS.matcher(value).matches())
                : value.length() >= SHORTEST_KEY && mixed && entropy(value) >= RANDOM;
    }

    /** Whether it has letters, or something else. */
    private static boolean has(String value, boolean letters) {
        return value.chars().anyMatch(c -> Character.isLetter(c) == letters);
    }

    private static double entropy(String value) {
        Map<Integer, Integer> counts = new HashMap<>();
        value.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        double entropy = 0;
        for (int count : counts.values()) {
            double share = (double) count / value.length();
            entropy -= share * Math.log(share) / Math.log(2);
        }
        return entropy;
    }
}
