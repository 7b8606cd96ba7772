package io.plimsoll.spring.weaving;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code plimsoll.weaving.*}.
 *
 * @param missingCompanion What to do about a class that makes promises but was compiled without plimsoll-processor.
 * @param missingCompanionIn The same for single packages and all below them, for third-party jars; the longest match
 *     wins. Write the package in brackets: plimsoll.weaving.missing-companion-in.[com.acme.legacy].
 */
@ConfigurationProperties("plimsoll.weaving")
record WeavingProperties(
        @DefaultValue("fail") MissingCompanion missingCompanion,
        @DefaultValue Map<String, MissingCompanion> missingCompanionIn) {

    /** What to do about a missing companion. */
    enum MissingCompanion {

        /** The application does not start. */
        FAIL,

        /** One warning per class; its promises are not kept. */
        WARN
    }

    MissingCompanion missingCompanionOf(String packageName) {
        return missingCompanionIn.keySet().stream()
                .filter(prefix -> packageName.equals(prefix) || packageName.startsWith(prefix + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .map(missingCompanionIn::get)
                .orElse(missingCompanion);
    }
}
