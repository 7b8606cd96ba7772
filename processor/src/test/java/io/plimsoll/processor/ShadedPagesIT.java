package io.plimsoll.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.engine.ElementRule;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of all pages, compiled as users compile: through the jar, in this JDK's javac and in ecj. Every finding
 * is where the page points, and nothing else is found.
 */
class ShadedPagesIT {

    private static final Path RULES = Path.of(System.getProperty("plimsoll.docs"), "rules");
    private static final Pattern NAME = Pattern.compile("^\\[(\\w+)] .*", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("\\w+\\s*=\\s*");
    private static final Set<String> SEEN_BY_ECJ = Stream.concat(
                    ServiceLoader.load(ElementRule.class).stream()
                            .map(rule -> rule.type().getSimpleName()),
                    Stream.of("UnusedSuppression"))
            .collect(Collectors.toSet());

    @TempDir
    Path output;

    @TestFactory
    Stream<DynamicTest> inJavac() throws IOException {
        return tests((rule, example) -> assertThat(compile(ToolProvider.getSystemJavaCompiler(), example))
                .isEqualTo(example.marks()));
    }

    /** Of a value in an array ecj shows the whole annotation: there the line has to do. */
    @TestFactory
    Stream<DynamicTest> inEcj() throws IOException {
        return tests((rule, example) -> assertThat(compile(new EclipseCompiler(), example).stream()
                        .map(ShadedPagesIT::withoutColumnInArray)
                        .toList())
                .isEqualTo(example.marks().stream()
                        .filter(mark -> SEEN_BY_ECJ.contains(mark.substring(0, mark.indexOf(' '))))
                        .map(ShadedPagesIT::withoutColumnInArray)
                        .toList()));
    }

    private static String withoutColumnInArray(String finding) {
        return finding.replaceFirst("^(UnusedSuppression \\d+):\\d+", "$1");
    }

    private interface Check {
        void check(String rule, Page.Example example) throws IOException;
    }

    private static Stream<DynamicTest> tests(Check check) throws IOException {
        try (Stream<Path> pages = Files.list(RULES)) {
            List<String> rules = pages.map(page -> page.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .sorted()
                    .toList();
            assertThat(rules).contains("MissingTimeout", "SelfInvocation");
            return rules.stream().flatMap(rule -> Page.of(rule).examples().stream()
                    .map(example ->
                            DynamicTest.dynamicTest(rule + " " + example.sort(), () -> check.check(rule, example))));
        }
    }

    /** {@code SelfInvocation 9:12} for each finding, by place. */
    private List<String> compile(JavaCompiler compiler, Page.Example example) throws IOException {
        Path folder = Files.createTempDirectory(output, "page");
        Path source = Files.writeString(folder.resolve(example.fileName()), example.source());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> options = new ArrayList<>(List.of(
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-processorpath",
                    processorPath(),
                    "-Aplimsoll.profile=" + example.profile(),
                    "-d",
                    folder.toString(),
                    "-s", // ecj would write sources to where the build runs.
                    folder.toString()));
            if (compiler instanceof EclipseCompiler) {
                options.add("-17");
            } else {
                options.add("-XDshould-stop.ifError=FLOW");
            }
            compiler.getTask(Writer.nullWriter(), files, diagnostics, options, null, files.getJavaFileObjects(source))
                    .call();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
                // ecj has warnings of its own about unused things and unknown suppressions.
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR
                        || each.getMessage(Locale.ROOT).startsWith("["))
                .sorted(Comparator.comparingLong(Diagnostic::getStartPosition))
                .map(each -> NAME.matcher(each.getMessage(Locale.ROOT)).replaceFirst("$1") + " "
                        + place(example.source(), compiler instanceof EclipseCompiler, each))
                .toList();
    }

    private static String place(String source, boolean ecj, Diagnostic<?> each) {
        long column = ecj ? ecjColumn(source, (int) each.getStartPosition()) : each.getColumnNumber();
        return each.getLineNumber() + ":" + column;
    }

    /** ecj tells no column, but from where to where; and where javac points at a value, it begins with the name. */
    private static long ecjColumn(String source, int start) {
        Matcher attribute = ATTRIBUTE.matcher(source).region(start, source.length());
        int value = attribute.lookingAt() ? attribute.end() : start;
        return value - source.lastIndexOf('\n', value - 1);
    }

    private static String processorPath() {
        String annotations = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.contains("annotations" + File.separator) || each.contains("plimsoll-annotations"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(annotations).isNotEmpty();
        return System.getProperty("plimsoll.jar") + File.pathSeparator + annotations;
    }
}
