package io.plimsoll.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users get it, with nothing beside it on the processor path but the annotations. */
class ShadedJarIT {

    private static final Path JAR = Path.of(System.getProperty("plimsoll.jar"));
    private static final Path MISTAKES =
            Path.of(System.getProperty("plimsoll.docs"), "four-mistakes/src/main/java/com/acme/shop/FourMistakes.java");

    @TempDir
    Path output;

    @Test
    void everyClassIsOursOrRelocated() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(entry -> entry.getName()).toList();

            assertThat(names)
                    .filteredOn(name -> name.endsWith(".class"))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/plimsoll/processor/"))
                    .anyMatch(name -> name.startsWith("io/plimsoll/processor/shaded/palantir/javapoet/"));
            assertThat(names)
                    .contains(
                            "META-INF/services/javax.annotation.processing.Processor",
                            "META-INF/services/com.sun.source.util.Plugin",
                            "META-INF/gradle/incremental.annotation.processors");
        }
    }

    /** The jar says where Spring's parser went; that a string constant went along would show nowhere else. */
    @Test
    void noNameOfAnAnnotationWasRelocated() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> caught = new ArrayList<>();
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().matches("io/plimsoll/processor/(?!shaded/).*\\.class")) {
                    String bytes = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    // In string constants packages are separated by dots, in references to classes by slashes.
                    Matcher name = Pattern.compile("shaded\\.(springframework|palantir)[\\w.]*")
                            .matcher(bytes);
                    while (name.find()) {
                        caught.add(entry.getName() + ": " + name.group());
                    }
                }
            }
            assertThat(caught).isEmpty();
        }
    }

    @Test
    void keyExpressionsAreReadByTheShadedParser() throws Exception {
        Path source = output.resolve("Orders.java");
        Files.writeString(source, """
                import io.plimsoll.idempotency.Idempotent;
                import java.util.List;
                import java.util.Map;
                class Orders {
                    record Order(String id, List<Long> lines, Map<String, String> tags) {}
                    @Idempotent(key = "{#order.id, #order?.lines[0] ?: 1L, #n + 1, #b and true or not #b}",
                            scope = "#order.tags['tenant'].substring(1, 2)", fingerprint = "#n > 2 ? 'a' : {1, {2}, null ?: 'x'}")
                    void place(Order order, int n, boolean b) {}
                    @Idempotent(key = "T(java.util.UUID).randomUUID() + @bean.id + new Foo(1) + {a: 1} + #x.![id] + 1.5 + 2f")
                    void refused() {}
                }
                """);

        assertThat(javac("-s", output.toString(), "-Aplimsoll.rule.UnresolvableKey=off", source.toString()))
                .isEmpty();
        assertThat(output.resolve("Orders_Plimsoll.java"))
                .content()
                .contains(
                        "arguments -> List.<Object>of(Expressions.nonNull(",
                        ".substring(1, 2)",
                        "new RefusedExpression(\"T(java.util.UUID)");
        assertThat(output.resolve("Orders_Plimsoll.class")).exists();
    }

    @Test
    void javacShowsAllFourMistakesAtTheirPlaces() throws Exception {
        assertThat(findings(javac("-XDshould-stop.ifError=FLOW", MISTAKES.toString())))
                .containsExactlyInAnyOrder(
                        "23: error: [MissingTimeout]",
                        "25: error: [SelfInvocation]",
                        "29: error: [InvalidDuration]",
                        "39: error: [UnproxyableMethod]");
    }

    @Test
    void optionsReachThePlugin() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:processing"));
        for (String rule : List.of("MissingTimeout", "InvalidDuration", "UnproxyableMethod")) {
            arguments.add("-Aplimsoll.rule." + rule + "=off");
        }
        arguments.add("-Aplimsoll.rule.SelfInvocation=warn");
        arguments.add(MISTAKES.toString());

        assertThat(findings(javac(arguments.toArray(String[]::new)))).containsExactly("25: warning: [SelfInvocation]");
        assertThat(output.resolve("com/acme/shop/FourMistakes_Plimsoll.class")).exists();
    }

    @Test
    void thePluginAloneTakesItsOptionsAsArguments() throws Exception {
        assertThat(findings(javac(
                        "-proc:none",
                        "-Xplugin:PlimsollGuard off",
                        "-Xplugin:Plimsoll plimsoll.rule.SelfInvocation=warn",
                        MISTAKES.toString())))
                .containsExactly("25: warning: [SelfInvocation]");
    }

    @Test
    void inEcjTheRulesOverDeclarationsWork() {
        assertThat(ecj(MISTAKES))
                .contains("[MissingTimeout] The request handler FourMistakes.place")
                .contains("[InvalidDuration] \"2 seconds\"")
                .contains("[UnproxyableMethod] FourMistakes.audit is private")
                .contains("[Plimsoll] 3 errors, 0 warnings, 0 in baseline")
                .contains("(3 errors, 0 warnings, 1 info)")
                .doesNotContain("failed inside");
    }

    @Test
    void whatIsRecordedIsABaselineInBothCompilers() throws Exception {
        Path fragments = output.resolve("META-INF/plimsoll/findings");
        assertThat(javac("-Aplimsoll.record=true", MISTAKES.toString()))
                .contains("Note: [Plimsoll] 4 findings recorded, none reported")
                .doesNotContain("error:", "warning: [");
        List<String> found =
                new ArrayList<>(Files.readAllLines(fragments.resolve("com.acme.shop.FourMistakes.declarations")));
        assertThat(found).hasSize(3);
        assertThat(ecj(MISTAKES, "-Aplimsoll.record=true"))
                .contains("3 findings recorded")
                .doesNotContain("ERROR");
        assertThat(fragments.resolve("com.acme.shop.FourMistakes.declarations")).hasContent(String.join("\n", found));

        found.addAll(Files.readAllLines(fragments.resolve("com.acme.shop.FourMistakes.bodies")));
        Path baseline = Files.write(output.resolve("baseline.txt"), found);

        assertThat(javac("-Aplimsoll.baseline=" + baseline, MISTAKES.toString()))
                .contains("Note: [Plimsoll] 0 errors, 0 warnings, 4 in baseline")
                .doesNotContain("error:", "warning: [");
        assertThat(ecj(MISTAKES, "-Aplimsoll.baseline=" + baseline))
                .contains("3 in baseline")
                .doesNotContain("ERROR");
    }

    @Test
    void withoutTheAnnotationsBesideItTheProcessorSaysWhatIsMissing() throws Exception {
        assertThat(javac("-processorpath", JAR.toString(), MISTAKES.toString()))
                .contains("error: [Plimsoll] The processor is not whole: ", "Fix: put plimsoll-annotations")
                .doesNotContain("An exception has occurred", "\tat ");
        assertThat(javac("-proc:none", "-processorpath", JAR.toString(), MISTAKES.toString()))
                .contains("warning: [Plimsoll] failed inside")
                .doesNotContain("An exception has occurred", "\tat ");
    }

    @Test
    void thePluginAloneSaysWhatItDidNotUnderstand() throws Exception {
        assertThat(javac("-proc:none", "-Xplugin:Plimsoll plimsoll.profile=loose", MISTAKES.toString()))
                .contains("error: [Plimsoll] -Aplimsoll.profile=loose is not understood")
                .contains("error: [SelfInvocation]")
                .contains("[Plimsoll] 1 error, 0 warnings, 0 in baseline");
    }

    /** Each of them knows something of Spring or of types by name. */
    @Test
    void theRulesOfIdempotencyWorkInBothCompilers() throws Exception {
        Path source = output.resolve("Orders.java");
        Files.writeString(source, """
                import io.plimsoll.idempotency.Idempotent;
                import io.plimsoll.timeout.*;
                import org.springframework.core.annotation.AliasFor;
                import org.springframework.core.io.Resource;
                import org.springframework.http.ResponseEntity;
                import org.springframework.transaction.annotation.Transactional;
                import org.springframework.web.bind.annotation.*;
                @RestController @Timeout("1s")
                class Orders {
                    record Order(String id, double total) {}
                    @Write(key = "#ordr.id") void unresolvable(Order order) {}
                    @Write(key = "#order") void unstable(Order order) {}
                    @Write(key = "'a'") void constant(Order order) {}
                    @Write(key = "#a + #b") void ambiguous(String a, String b) {}
                    @PatchMapping void missing() {}
                    @Write void withoutKey() {}
                    @Transactional(readOnly = true) @Write(key = "#a") void readOnly(long a) {}
                    @PostMapping @Write ResponseEntity<Resource> unreplayable() { return null; }
                }
                @Idempotent @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                @interface Write { @AliasFor(annotation = Idempotent.class) String key() default ""; }
                """);
        List<String> rules = List.of(
                "UnresolvableKey",
                "UnstableKey",
                "ConstantKey",
                "AmbiguousKey",
                "MissingIdempotency",
                "MissingIdempotencyKey",
                "IdempotentReadOnly",
                "UnreplayableResult");

        assertThat(rulesIn(javac(source.toString()))).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(rulesIn(ecj(source))).containsExactlyInAnyOrderElementsOf(rules);
    }

    private static List<String> rulesIn(String printed) {
        return Pattern.compile("\\[([A-Z]\\w+)] ")
                .matcher(printed)
                .results()
                .map(found -> found.group(1))
                .filter(rule -> !rule.equals("Plimsoll")) // The summary.
                .toList();
    }

    @Test
    void inEcjKeysAreCompiled() throws Exception {
        Path source = output.resolve("Orders.java");
        Files.writeString(source, """
                import io.plimsoll.idempotency.Idempotent;
                import java.util.*;
                class Orders<E extends Comparable<E>> {
                    record Line(String sku, int count) {}
                    interface Named<T> { T value(); }
                    @Idempotent(key = "{#id, #e.toString(), #n.value(), #lines, #m['a']?.length() ?: 0, #ids[0], #o.orElse('x')}")
                    <T extends Named<Long>> void place(
                            long id, E e, T n, List<Line> lines, Map<String, ? extends String> m, Optional<String> o, long... ids) {}
                }
                """);

        assertThat(ecj(source)).isEmpty();
        assertThat(output.resolve("Orders_Plimsoll.java"))
                .content()
                .contains("arguments -> List.<Object>of(", "v2.sku()")
                .doesNotContain("refused");
        assertThat(output.resolve("Orders_Plimsoll.class")).exists();
    }

    @Test
    void inEcjCompanionsAreWritten() throws Exception {
        Path source = output.resolve("Orders.java");
        Files.writeString(
                source,
                "@io.plimsoll.timeout.Timeout(\"2s\") class Orders {"
                        + " @io.plimsoll.timeout.Timeout(\"${a:1s}\") void a(java.util.Map.Entry<?, ?>[] e, int i) {} }");

        assertThat(ecj(source)).isEmpty();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {output.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(((Companion) loader.loadClass("Orders_Plimsoll")
                                    .getConstructor()
                                    .newInstance())
                            .sites())
                    .extracting(CompiledSite::id, site -> site.facts().toString())
                    .containsExactly(
                            tuple(CompiledSite.TYPE, "[CompiledTimeout[budget=2s, interrupt=true]]"),
                            tuple("a(java.util.Map$Entry[],int)", "[CompiledTimeout[budget=${a:1s}, interrupt=true]]"));
        }
    }

    private String ecj(Path source, String... options) {
        StringWriter printed = new StringWriter();
        List<String> command = new ArrayList<>(List.of(
                "-17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-processorpath",
                processorPath(),
                "-d",
                output.toString(),
                "-s",
                output.toString(),
                source.toString()));
        command.addAll(List.of(options));
        BatchCompiler.compile(command.toArray(String[]::new), new PrintWriter(printed), new PrintWriter(printed), null);
        return printed.toString();
    }

    private String javac(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-processorpath",
                processorPath(),
                "-d",
                output.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    /** What Maven would resolve: the processor and the one dependency that is left in its pom. */
    private static String processorPath() {
        String annotations = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.contains("annotations" + File.separator) || each.contains("plimsoll-annotations"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(annotations).isNotEmpty();
        return JAR + File.pathSeparator + annotations;
    }

    private static List<String> findings(String printed) {
        List<String> findings = printed.lines()
                .filter(line -> line.contains(": error: ") || line.contains("warning: "))
                // Lint about annotations that nobody claims: Spring's, and ours, which others may look at too.
                .filter(line -> !line.contains("No processor claimed"))
                .map(line -> line.replaceFirst("^.*FourMistakes\\.java:", "").replaceFirst("].*", "]"))
                .toList();
        assertThat(findings).as(printed).isNotEmpty();
        return findings;
    }
}
