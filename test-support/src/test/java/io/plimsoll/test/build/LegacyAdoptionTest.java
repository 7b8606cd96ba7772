package io.plimsoll.test.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.processor.engine.PlimsollProcessor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old code base begins: what it has is written down, and only what is new fails the build from then on. */
class LegacyAdoptionTest {

    @TempDir
    Path project;

    @BeforeEach
    void anOldCodeBase() throws Exception {
        source("Jobs", "@Scheduled void run() {}  @Scheduled void sweep() {}  void all() { quick(); quick(); }");
        source("Others", "@Scheduled void run() {}  void all() { quick(); }");
    }

    @Test
    void whatIsThereGoesIntoTheBaselineAndTheBuildPasses() throws Exception {
        Path baseline = project.resolve("plimsoll-baseline.txt");
        assertThat(compile("-Aplimsoll.record=true"))
                .containsExactly("NOTE [Plimsoll] 6 findings recorded, none reported");

        assertThat(run("baseline", baseline.toString(), project.toString()))
                .isEqualTo(baseline + ": 6 findings, 6 of them new; 0 are fixed and dropped\n");

        assertThat(baseline).content().isEqualTo("""
                # Findings this code base lives with; new ones fail the build. Written by: plimsoll-test baseline
                MissingTimeout com.acme.Jobs#run()
                MissingTimeout com.acme.Jobs#sweep()
                MissingTimeout com.acme.Others#run()
                SelfInvocation com.acme.Jobs#all() x2
                SelfInvocation com.acme.Others#all()
                """);
        assertThat(compile("-Aplimsoll.baseline=" + baseline))
                .containsExactly("NOTE [Plimsoll] 0 errors, 0 warnings, 6 in baseline");
    }

    @Test
    void whatIsNewFailsAndWhatIsFixedIsDropped() throws Exception {
        Path baseline = project.resolve("plimsoll-baseline.txt");
        compile("-Aplimsoll.record=true");
        run("baseline", baseline.toString(), project.toString());
        source("Jobs", "\n// moved\n@Scheduled void run() {}  @Scheduled void fresh() {}  void all() { quick(); }");

        assertThat(compile("-Aplimsoll.baseline=" + baseline))
                .satisfiesExactly(
                        error -> assertThat(error)
                                .startsWith("ERROR [MissingTimeout] ")
                                .contains("Jobs.fresh"),
                        note -> assertThat(note).isEqualTo("NOTE [Plimsoll] 1 error, 0 warnings, 4 in baseline"));

        compile("-Aplimsoll.record=true");
        assertThat(run("baseline", baseline.toString(), project.toString()))
                .isEqualTo(baseline + ": 5 findings, 1 of them new; 2 are fixed and dropped\n");
        assertThat(baseline)
                .content()
                .contains("SelfInvocation com.acme.Jobs#all()\n")
                .doesNotContain("sweep");
    }

    @Test
    void theEncodingOfTheSourcesDoesNotMatter() throws Exception {
        Path baseline = project.resolve("plimsoll-baseline.txt");
        Files.writeString(
                project.resolve("Others.java"),
                Files.readString(project.resolve("Others.java")).replace("void run()", "void pr\u00fcfe()"),
                StandardCharsets.ISO_8859_1);
        compile("-Aplimsoll.record=true", "-encoding", "ISO-8859-1");

        run("baseline", baseline.toString(), project.toString());

        assertThat(baseline).content().contains("MissingTimeout com.acme.Others#pr\u00fcfe()\n");
    }

    @Test
    void overloadsAreRowsOfTheirOwn() throws Exception {
        source("Others", "@Scheduled void run() {}  @Scheduled void run(int again) {}");
        compile("-Aplimsoll.report=true", "-Aplimsoll.profile=adopt", "-Aplimsoll.rule.SelfInvocation=off");

        run("report", project.resolve("out").toString(), project.toString());

        assertThat(Files.readAllLines(project.resolve("out/plimsoll-report.md")))
                .filteredOn(row -> row.startsWith("| Others.run "))
                .hasSize(2);
    }

    @Test
    void theReportIsOneArrayAndOneTable() throws Exception {
        compile("-Aplimsoll.report=true", "-Aplimsoll.profile=adopt", "-Aplimsoll.rule.SelfInvocation=off");

        assertThat(run("report", project.resolve("out").toString(), project.toString()))
                .startsWith("3 entry points in ");

        assertThat(project.resolve("out/plimsoll-report.md")).content().isEqualTo("""
                | entry point | kind             | timeout | idempotency | retry | cache | outbox |
                | ----------- | ---------------- | ------- | ----------- | ----- | ----- | ------ |
                | Jobs.run    | scheduled method | -       | -           | -     | -     | -      |
                | Jobs.sweep  | scheduled method | -       | -           | -     | -     | -      |
                | Others.run  | scheduled method | -       | -           | -     | -     | -      |
                """);
        assertThat(project.resolve("out/plimsoll-report.json"))
                .content()
                .startsWith("[\n{\"method\":\"com.acme.Jobs#run()\",\"kind\":\"scheduled method\",\"timeout\":null,")
                .endsWith("}\n]\n");
    }

    @Test
    void withoutFragmentsNothingIsWritten() throws Exception {
        Path baseline = Files.writeString(project.resolve("plimsoll-baseline.txt"), "MissingTimeout com.acme.A#a()\n");

        assertThatThrownBy(() -> run("baseline", baseline.toString(), project.toString()))
                .hasMessageContaining("Build everything from clean with -Aplimsoll.record=true first");
        assertThatThrownBy(() -> run("report", "out", project.toString()))
                .hasMessageContaining("Build everything from clean with -Aplimsoll.report=true first");
        assertThat(baseline).hasContent("MissingTimeout com.acme.A#a()");
    }

    @Test
    void misuseIsAnsweredWithTheUsage() {
        assertThatThrownBy(() -> run("baseline", "file")).hasMessageStartingWith("Usage: baseline <file to write>");
        assertThatThrownBy(() -> run("base", "file", ".")).hasMessageStartingWith("There is no command base. Usage: ");
        assertThatThrownBy(() -> run("baseline", "file", "nowhere")).hasMessageStartingWith("nowhere is no folder");
    }

    private void source(String name, String body) throws Exception {
        Files.writeString(project.resolve(name + ".java"), """
                package com.acme;
                import io.plimsoll.timeout.*;
                import org.springframework.scheduling.annotation.*;
                class %s { %s @Timeout("1s") void quick() {} }
                """.formatted(name, body));
    }

    /** What a full build from clean prints. */
    private List<String> compile(String... options) throws Exception {
        Path generated = project.resolve("target/generated-sources/annotations");
        if (Files.exists(project.resolve("target"))) {
            org.springframework.util.FileSystemUtils.deleteRecursively(project.resolve("target"));
        }
        Files.createDirectories(generated);
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        var javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> all = new ArrayList<>(
                    List.of("-XDshould-stop.ifError=FLOW", "-d", classes.toString(), "-s", generated.toString()));
            all.addAll(List.of(options));
            var task = javac.getTask(
                    null,
                    files,
                    diagnostics,
                    all,
                    null,
                    files.getJavaFileObjects(project.resolve("Jobs.java"), project.resolve("Others.java")));
            task.setProcessors(List.of(new PlimsollProcessor()));
            task.call();
        }
        List<String> printed = new ArrayList<>();
        for (Diagnostic<?> each : diagnostics.getDiagnostics()) {
            printed.add(each.getKind() + " " + each.getMessage(Locale.ROOT));
        }
        return printed;
    }

    private static String run(String... arguments) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Plimsoll.run(new PrintStream(bytes, true, "UTF-8"), arguments);
        return bytes.toString("UTF-8");
    }
}
