package io.plimsoll.processor.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows names of things that hold a credential. It is the last word that counts: tokenUrl holds a URL. */
final class Names {

    private static final Set<String> PASSWORDS = Set.of("password", "passwd", "pwd", "passphrase", "passcode");
    private static final Set<String> SECRETS = Set.of("secret", "token", "apikey", "secretkey", "accesskey");
    private static final Set<String> KEYS = Set.of(
            "api", "access", "secret", "private", "encryption", "encrypt", "signing", "sign", "auth", "jwt", "aes");

    private static final Pattern BOUNDARY =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9]+$)");

    private static final Pattern APPENDIX = Pattern.compile("[0-9]+|[vV]alue|[sS]tring|VALUE");

    private Names() {}

    /** Whether a name is that of a credential: dbPassword, CLIENT_SECRET, X-Api-Key, spring.datasource.password. */
    static boolean isSecret(String name) {
        List<String> words = words(name);
        String last = word(words, 1);
        return PASSWORDS.contains(last)
                || SECRETS.contains(last)
                || (last.equals("key") && KEYS.contains(word(words, 2)));
    }

    /** Whether people choose the values: shorter, and less random. */
    static boolean isPassword(String name) {
        return PASSWORDS.contains(word(words(name), 1));
    }

    private static List<String> words(String name) {
        List<String> words = new ArrayList<>(List.of(BOUNDARY.split(name)));
        if (words.size() > 1 && APPENDIX.matcher(words.get(words.size() - 1)).matches()) {
            words.remove(words.size() - 1);
        }
        return words;
    }

    private static String word(List<String> words, int fromEnd) {
        return words.size() < fromEnd ? "" : words.get(words.size() - fromEnd).toLowerCase(Locale.ROOT);
    }
}
