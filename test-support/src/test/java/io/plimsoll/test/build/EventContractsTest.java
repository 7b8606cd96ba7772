package io.plimsoll.test.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.processor.engine.PlimsollProcessor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events are compiled, written down and changed. */
class EventContractsTest {

    private static final String BEFORE = "String order, long cents, @Nullable String note, List<Line> lines";

    @TempDir
    Path project;

    private Path file;

    @BeforeEach
    void theEventsAreWrittenDown() throws Exception {
        file = project.resolve("plimsoll-events.txt");
        compile(BEFORE, "");
        assertThat(contracts()).isEqualTo(file + ": 1 events, 1 of them new; 0 are gone and dropped\n");
    }

    @Test
    void theFileIsMadeToBeRead() throws Exception {
        assertThat(Files.readAllLines(file).subList(1, 7))
                .containsExactly(
                        "order.placed 1",
                        "  order string",
                        "  cents integer",
                        "  note string?",
                        "  lines list",
                        "  lines[].sku string");
        assertThatCode(() -> EventContracts.verify(file, project)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String order, long cents, @Nullable String note, List<Line> lines, @Nullable Line more",
                "String order, long cents, @Nullable String note, List<Line> lines, Optional<UUID> id",
                "List<Line> lines, String order, int cents, @Nullable String note",
            })
    void whatBreaksNobodyPasses(String components) throws Exception {
        compile(components, "");

        assertThatCode(() -> EventContracts.verify(file, project)).doesNotThrowAnyException();
        assertThat(contracts()).contains("1 events, 0 of them new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String order, @Nullable String note, List<Line> lines | the field cents is gone",
                "String order, String cents, @Nullable String note, List<Line> lines | the field cents was of type integer and is of type string",
                "String order, long cents, String note, List<Line> lines | the field note was optional and is required",
                "String order, long cents, @Nullable String note, List<String> lines | the field lines[].sku is gone",
                "String order, long cents, @Nullable String note, List<Line> lines, Line more | the field more is new and required",
            })
    void whatBreaksAReaderIsNamed(String components, String what) throws Exception {
        compile(components, "");

        assertThatThrownBy(() -> EventContracts.verify(file, project))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("order.placed version 1: " + what)
                .hasMessageContaining("make a new type with @EventType(name = \"order.placed\", version = 2)");
        String before = Files.readString(file);
        assertThatThrownBy(this::contracts).hasMessageContaining(what).hasMessageContaining("was left as it is");
        assertThat(file).content().isEqualTo(before);
    }

    @Test
    void aNewVersionBesideTheOldOneIsFineOnceItIsWrittenDown() throws Exception {
        compile(BEFORE, "@EventType(name = \"order.placed\", version = 2) record OrderPlacedV2(int cents) {}");

        assertThatThrownBy(() -> EventContracts.verify(file, project))
                .hasMessageStartingWith("order.placed version 2 is not in ")
                .hasMessageContaining("java -jar plimsoll-test.jar contracts ");
        assertThat(contracts()).contains("2 events, 1 of them new");
        assertThatCode(() -> EventContracts.verify(file, project)).doesNotThrowAnyException();
    }

    @Test
    void anEventThatIsGoneIsToldAndDroppedWhenItIsMeant() throws Exception {
        compile(BEFORE, "@EventType(name = \"order.left\", version = 1) record OrderLeft() {}");
        contracts();
        compile(BEFORE, "");

        assertThatThrownBy(() -> EventContracts.verify(file, project))
                .hasMessageStartingWith("order.left version 1 is gone");
        assertThat(contracts()).contains("1 are gone and dropped");
        assertThat(file).content().doesNotContain("order.left");
    }

    @Test
    void eventsOfTestsAreNone() throws Exception {
        Path tests = Files.createDirectories(
                project.resolve("target/generated-test-sources/test-annotations/META-INF/plimsoll/contracts"));
        Files.writeString(tests.resolve("Probe.txt"), "probe 1\n");

        assertThatCode(() -> EventContracts.verify(file, project)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatIsNotThereOrIsBrokenIsNamed() throws Exception {
        assertThatThrownBy(() -> EventContracts.verify(project.resolve("none.txt"), project))
                .hasMessageContaining("none.txt does not exist. Write it after a build");
        Files.writeString(file, "order.placed one\n");
        assertThatThrownBy(() -> EventContracts.verify(file, project))
                .hasMessageStartingWith("\"order.placed one\" is no line of a contract");
    }

    private String contracts() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Plimsoll.run(
                new PrintStream(out, true, StandardCharsets.UTF_8), "contracts", file.toString(), project.toString());
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void compile(String components, String more) throws Exception {
        Path generated = project.resolve("target/generated-sources/annotations");
        Path fragments = generated.resolve("META-INF/plimsoll/contracts");
        if (Files.exists(fragments)) {
            try (var files = Files.list(fragments)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
        }
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        Files.createDirectories(generated);
        Path source = project.resolve("OrderPlaced.java");
        Files.writeString(source, """
                package com.acme;
                import io.plimsoll.outbox.*;
                import java.util.*;
                import org.jspecify.annotations.Nullable;
                @EventType(name = "order.placed", version = 1) record OrderPlaced(%s) {}
                record Line(String sku) {}
                %s
                """.formatted(components, more));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = javac.getTask(
                    null,
                    manager,
                    null,
                    List.of("-d", classes.toString(), "-s", generated.toString(), "-proc:only"),
                    null,
                    manager.getJavaFileObjects(source));
            task.setProcessors(List.of(new PlimsollProcessor()));
            assertThat(task.call()).isTrue();
        }
    }
}
