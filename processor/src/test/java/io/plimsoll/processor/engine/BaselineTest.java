package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, read as a baseline, hides just that. */
class BaselineTest {

    private static final String JOBS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import org.springframework.scheduling.annotation.*;
            class Jobs {
                @Scheduled void run() {}
                @Scheduled void sweep() {}
                void all() { quick(); quick(); }
                @Timeout("1s") void quick() {}
                static class Nested {
                    Runnable field = new Runnable() { public void run() { quick(); } };
                    @Timeout("1s") void quick() {}
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void findingsAreRecordedByElementAndReportedNowhere() throws Exception {
        Javac.Result result = Javac.compile(List.of("-Aplimsoll.record"), JOBS);

        assertThat(result.findings()).isEmpty();
        assertThat(notes(result)).containsExactly("[Plimsoll] 5 findings recorded, none reported");
        assertThat(recorded(result))
                .containsExactly(
                        "MissingTimeout com.acme.Jobs#run()",
                        "MissingTimeout com.acme.Jobs#sweep()",
                        "SelfInvocation com.acme.Jobs#all()",
                        "SelfInvocation com.acme.Jobs#all()",
                        "SelfInvocation com.acme.Jobs$Nested#field");
    }

    @Test
    void aBaselineHidesWhatItNamesAndCountsIt() throws Exception {
        Path baseline = write("""
                # plimsoll baseline

                MissingTimeout com.acme.Jobs#run()
                SelfInvocation com.acme.Jobs#all() x2
                SelfInvocation com.acme.Jobs$Nested#field
                MissingTimeout com.acme.Gone#run()
                """);

        Javac.Result result = Javac.compile(List.of("-Aplimsoll.baseline=" + baseline), JOBS);

        assertThat(result.findings()).containsExactly("error MissingTimeout 6:21");
        assertThat(notes(result)).containsExactly("[Plimsoll] 1 error, 0 warnings, 4 in baseline");
    }

    @Test
    void aSecondFindingInAKnownElementIsNew() throws Exception {
        Path baseline = write("SelfInvocation com.acme.Jobs#all()\n");

        Javac.Result result = Javac.compile(
                List.of(
                        "-Aplimsoll.baseline=" + baseline,
                        "-Aplimsoll.profile=adopt",
                        "-Aplimsoll.rule.SelfInvocation=warn"),
                JOBS);

        assertThat(result.findings())
                .containsExactly(
                        "warning MissingTimeout 5:21",
                        "warning MissingTimeout 6:21",
                        "warning SelfInvocation 7:27",
                        "warning SelfInvocation 10:63");
        assertThat(notes(result)).containsExactly("[Plimsoll] 0 errors, 4 warnings, 1 in baseline");
    }

    @Test
    void aSuppressedFindingIsNotRecorded() throws Exception {
        assertThat(recorded(Javac.compile(
                        List.of("-Aplimsoll.record=true"),
                        JOBS.replace("class Jobs", "@SuppressWarnings(\"plimsoll:SelfInvocation\") class Jobs"))))
                .containsExactly("MissingTimeout com.acme.Jobs#run()", "MissingTimeout com.acme.Jobs#sweep()");
    }

    @Test
    void whatIsCleanSaysNothingAndWritesNothing() {
        Javac.Result result = Javac.compile("class Clean {}");

        assertThat(notes(result)).isEmpty();
        assertThat(result.compilation().generatedFiles()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsAnErrorThatSaysWhatToDo() {
        assertThat(Javac.compile(List.of("-Aplimsoll.baseline=" + directory.resolve("none.txt")), "class A {}")
                        .messages())
                .singleElement()
                .asString()
                .startsWith("[Plimsoll] The baseline ")
                .contains("none.txt cannot be read", "Fix: name the file from the directory in which the build runs");
    }

    @Test
    void whileRecordingTheFileIsNotRead() throws Exception {
        assertThat(Javac.compile(List.of("-Aplimsoll.record", "-Aplimsoll.baseline=none.txt"), JOBS)
                        .findings())
                .isEmpty();
        assertThat(Javac.compile(List.of("-Aplimsoll.record", "-Aplimsoll.baseline=" + write("broken")), JOBS)
                        .findings())
                .isEmpty();
    }

    @Test
    void theMessageSaysWhereItLooked() {
        assertThat(Javac.compile(List.of("-Aplimsoll.baseline=none.txt"), "class A {}")
                        .messages())
                .singleElement()
                .asString()
                .startsWith("[Plimsoll] The baseline " + Path.of("none.txt").toAbsolutePath() + " cannot be read");
    }

    @Test
    void anEditorMayHaveLeftItsMarks() throws Exception {
        Path baseline = write("\uFEFF# ours\r\n  MissingTimeout com.acme.Jobs#run() \r\n\r\n");

        assertThat(Javac.compile(List.of("-Aplimsoll.baseline=" + baseline, "-Aplimsoll.rule.SelfInvocation=off"), JOBS)
                        .findings())
                .containsExactly("error MissingTimeout 6:21");
    }

    @Test
    void aLineThatIsNotUnderstoodIsNamed() throws Exception {
        assertThat(Javac.compile(List.of("-Aplimsoll.baseline=" + write("# ok\nMissingTimeout\n")), "class A {}")
                        .messages())
                .singleElement()
                .asString()
                .startsWith("[Plimsoll] Line 2 of the baseline ")
                .contains("is not understood: \"MissingTimeout\"");
    }

    @Test
    void withoutAFileThereIsNone() {
        assertThat(Javac.compile(List.of("-Aplimsoll.baseline="), "class A {}").findings())
                .isEmpty();
    }

    @Test
    void everySortOfElementHasAName() throws Exception {
        assertThat(recorded(Javac.compile(List.of("-Aplimsoll.record"), """
                package com.acme;
                import io.plimsoll.timeout.*;
                class Names<T> {
                    { go(); }
                    static class In { <E extends Comparable<E>> In(E a, int[]... b) { go(); } @Timeout("1s") void go() {} }
                    @Timeout("x") void bad(@SuppressWarnings("plimsoll:x") int p) { class Local { int f = go(); } }
                    @Timeout("1s") int go() { return 1; }
                }
                """)))
                .containsExactly(
                        "InvalidDuration com.acme.Names#bad(int)",
                        "SelfInvocation com.acme.Names",
                        "SelfInvocation com.acme.Names#bad(int)",
                        "SelfInvocation com.acme.Names$In#<init>(java.lang.Comparable,int[][])",
                        "UnusedSuppression com.acme.Names#bad(int)#p");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("baseline.txt"), text);
    }

    private static List<String> recorded(Javac.Result result) throws Exception {
        List<String> lines = new ArrayList<>();
        for (JavaFileObject file : result.compilation().generatedFiles()) {
            if (file.getName().contains("META-INF/plimsoll/findings/")) {
                assertThat(file.getName()).startsWith("/SOURCE_OUTPUT/");
                file.getCharContent(true).toString().lines().forEach(lines::add);
            }
        }
        lines.sort(null);
        return lines;
    }

    private static List<String> notes(Javac.Result result) {
        List<String> notes = new ArrayList<>();
        for (Diagnostic<?> each : result.compilation().diagnostics()) {
            if (each.getKind() == Diagnostic.Kind.NOTE) {
                notes.add(each.getMessage(Locale.ROOT));
            }
        }
        return notes;
    }
}
