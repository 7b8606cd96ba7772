package io.plimsoll.companion;

import org.jspecify.annotations.Nullable;

/** What to write into a build that lacks plimsoll-processor: javac and the starter say it with the same words. */
public final class AddProcessor {

    private static final String LINES = """
            Maven, in the configuration of maven-compiler-plugin:
                <annotationProcessorPaths>
                  <path><groupId>io.plimsoll</groupId><artifactId>plimsoll-processor</artifactId><version>%1$s</version></path>
                </annotationProcessorPaths>

            Gradle:
                annotationProcessor("io.plimsoll:plimsoll-processor:%1$s")

            These replace the search of the class path: list Lombok and other processors there too, Lombok first.""";

    private AddProcessor() {}

    /** @param version of Plimsoll; null if it is not known, as outside a jar */
    public static String lines(@Nullable String version) {
        return LINES.formatted(version == null ? "the version of the starter" : version);
    }
}
