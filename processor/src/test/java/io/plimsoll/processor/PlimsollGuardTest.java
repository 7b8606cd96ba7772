package io.plimsoll.processor;

import static io.plimsoll.processor.ForkedJavac.IMPLICIT_PROCESSING;
import static io.plimsoll.processor.ForkedJavac.annotations;
import static io.plimsoll.processor.ForkedJavac.lombok;
import static io.plimsoll.processor.ForkedJavac.processor;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.ForkedJavac.Result;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard in the annotations, in a javac of its own: with the processor, and in all the ways to be without it. */
class PlimsollGuardTest {

    private static final String ORDERS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            class Orders {
                @NoTimeout(reason = "none") void none() {}
                @Timeout("2s") void place() {}
                @Timeout("2s") void cancel() {}
            }
            """;
    private static final String WARNING = "Orders.java:5: warning: [PlimsollGuard] @Timeout on Orders.place is compiled"
            + " without plimsoll-processor: nothing checks this promise or any other, and the application will refuse to"
            + " start. ";

    @TempDir
    private Path folder;

    private ForkedJavac javac;

    @BeforeEach
    void inAnEmptyFolder() {
        javac = new ForkedJavac(folder);
    }

    private boolean isCompanionWritten() {
        return folder.resolve("com/acme/Orders_Plimsoll.class").toFile().exists();
    }

    private static String both(String one, String other) {
        return one + File.pathSeparator + other;
    }

    @Test
    void theStarterAloneIsOneWarningWithTheLinesForTheBuild() throws Exception {
        Result result = javac.compile(ORDERS, "-classpath", annotations());

        assertThat(result.exit()).isZero();
        assertThat(result.lines().get(0))
                .isEqualTo(WARNING + "The build does not name it. Fix: add the processor to the build.");
        assertThat(result.printed())
                .contains(
                        "      <annotationProcessorPaths>\n"
                                + "        <path><groupId>io.plimsoll</groupId><artifactId>plimsoll-processor</artifactId><version>")
                .contains("    annotationProcessor(\"io.plimsoll:plimsoll-processor:")
                .contains("-Xplugin:\"PlimsollGuard off\"")
                .contains("    @Timeout(\"2s\") void place() {}\n    ^")
                .endsWith("1 warning\n");
    }

    @Test
    void theProcessorOnTheClassPathIsEnoughOnlyForOlderJdks() throws Exception {
        Result result = javac.compile(ORDERS, "-classpath", processor());

        assertThat(isCompanionWritten()).isEqualTo(IMPLICIT_PROCESSING);
        if (IMPLICIT_PROCESSING) {
            assertThat(result.printed()).doesNotContain("PlimsollGuard");
        } else {
            assertThat(result.lines().get(0))
                    .startsWith(WARNING + "It is on the class path, but JDK 23 and newer run no");
            assertThat(result.count("[PlimsollGuard]")).isOne();
        }
    }

    @Test
    void whereTheProcessorRunsTheGuardIsSilent() throws Exception {
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-processorpath", processor()))
                .isEqualTo(new Result(0, ""));
        assertThat(isCompanionWritten()).isTrue();
        assertThat(javac.compile(
                        ORDERS,
                        "-classpath",
                        processor(),
                        "-processor",
                        "io.plimsoll.processor.engine.PlimsollProcessor"))
                .isEqualTo(new Result(0, ""));
    }

    @Test
    void buildsInTwoStepsAreLeftAlone() throws Exception {
        String[] path = {"-classpath", annotations(), "-processorpath", processor()};

        assertThat(javac.compile(ORDERS, path[0], path[1], path[2], path[3], "-proc:only"))
                .isEqualTo(new Result(0, ""));
        assertThat(javac.compile(ORDERS, path[0], path[1], path[2], path[3], "-proc:none"))
                .isEqualTo(new Result(0, ""));
        if (IMPLICIT_PROCESSING) {
            assertThat(javac.compile(ORDERS, "-classpath", processor(), "-proc:none"))
                    .isEqualTo(new Result(0, ""));
        }
    }

    /** What Gradle passes if no processor is configured. */
    @Test
    void processingSwitchedOffWithoutAProcessorIsAWarning() throws Exception {
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-proc:none")
                        .lines()
                        .get(0))
                .startsWith(WARNING);
    }

    @Test
    void otherProcessorsOnTheClassPathAreNotOurs() throws Exception {
        Result result = javac.compile(
                ORDERS,
                "-classpath",
                both(annotations(), lombok()),
                "-processor",
                "lombok.launch.AnnotationProcessorHider$AnnotationProcessor");

        assertThat(result.lines())
                .contains(WARNING + "Other processors ran, this one was not among them. Fix: add the"
                        + " processor to the build.");
    }

    /** There javac looks for plugins on the processor path alone: the refusal to start has to say it. */
    @Test
    void aProcessorPathOfOthersKeepsTheGuardOut() throws Exception {
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-processorpath", lombok())
                        .printed())
                .doesNotContain("PlimsollGuard");
        assertThat(isCompanionWritten()).isFalse();
    }

    @Test
    void promisesAreFoundWhereverTheyStand() throws Exception {
        Map<String, String> places = Map.of(
                "class Orders { class Inner { @Timeout(\"1s\") void place() {} } }",
                "@Timeout on Inner.place is",
                "interface Orders { @Timeout(\"1s\") void place(); }",
                "@Timeout on Orders.place is",
                "class Orders { @Budget void place() {} }\n" + ANNOTATIONS,
                "@Budget on Orders.place is",
                "record Orders(int a) { @Deep void place() {} }\n" + ANNOTATIONS,
                "@Deep on Orders.place is");
        for (var place : places.entrySet()) {
            String source = "package com.acme; import io.plimsoll.timeout.*;\n" + place.getKey();

            assertThat(javac.compile(source, "-classpath", annotations())
                            .lines()
                            .get(0))
                    .startsWith("Orders.java:2: warning: [PlimsollGuard] " + place.getValue());
        }
    }

    private static final String ANNOTATIONS = """
            @Timeout("1s") @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Budget {}
            @Budget @Deep @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Deep {}
            """;

    @Test
    void theAnnotationsOfAPackageAreFoundToo() throws Exception {
        String packageInfo = "@io.plimsoll.timeout.Timeout(\"1s\") package com.acme;";
        String type = "package com.acme;\nclass A {}";
        String expected = ": warning: [PlimsollGuard] @Timeout on package com.acme is compiled";

        assertThat(javac.compile(List.of(type, packageInfo), "-classpath", annotations())
                        .lines()
                        .get(0))
                .startsWith("package-info.java:1" + expected);
        assertThat(javac.compile(type, "-classpath", both(annotations(), folder.toString()))
                        .lines()
                        .get(0))
                .startsWith("A.java:2" + expected);
    }

    @Test
    void codeWithoutPromisesIsNotItsBusiness() throws Exception {
        String source = "package com.acme; import io.plimsoll.timeout.*;"
                + " class Orders { @NoTimeout(reason = \"a\") @Deprecated void place() {} }\n" + ANNOTATIONS;

        assertThat(javac.compile(source, "-classpath", annotations())).isEqualTo(new Result(0, ""));
    }

    @Test
    void codeThatDoesNotCompileIsTheCompilersBusiness() throws Exception {
        String source =
                "package com.acme; class Orders extends Missing { @Gone @io.plimsoll.timeout.Timeout(M.X) void a(Gone g) {} }";

        Result result = javac.compile(source, "-classpath", annotations());

        assertThat(result.exit()).isOne();
        assertThat(result.count("error: cannot find symbol")).isEqualTo(4);
    }

    @Test
    void theBuildCanSayWhatItIsWorth() throws Exception {
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-Werror").exit())
                .isOne();
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-Werror", "-nowarn"))
                .isEqualTo(new Result(0, ""));
        assertThat(javac.compile(ORDERS, "-classpath", annotations(), "-Werror", "-Xplugin:PlimsollGuard off"))
                .isEqualTo(new Result(0, ""));
        Result error = javac.compile(ORDERS, "-classpath", annotations(), "-Xplugin:PlimsollGuard error");
        assertThat(error.exit()).isOne();
        assertThat(error.printed())
                .contains("Orders.java:5: error: [PlimsollGuard]")
                .endsWith("1 error\n");
    }
}
