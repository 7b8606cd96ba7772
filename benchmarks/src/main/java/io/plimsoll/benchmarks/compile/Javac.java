package io.plimsoll.benchmarks.compile;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.idempotency.CompiledIdempotent;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the shop in this JVM, as Maven and Gradle do, and checks what came out. */
final class Javac {

    private final List<Path> sources;
    private final Path output;

    /** @param output a directory that is emptied before each compilation */
    Javac(List<Path> sources, Path output) {
        this.sources = sources;
        this.output = output;
    }

    /** How many milliseconds one compilation takes. */
    double millis(Contender contender) throws IOException, ReflectiveOperationException {
        empty();
        List<String> arguments = new ArrayList<>(contender.arguments());
        arguments.addAll(List.of("-classpath", CompileMain.classPath(), "-parameters", "-g"));
        arguments.addAll(List.of("--release", "17", "-d", output.toString(), "-s", output.toString()));
        // In this JVM the annotations are on javac's own path, and their guard warns where Plimsoll's processor is not.
        arguments.add("-Xplugin:PlimsollGuard off");
        StringWriter printed = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        long start = System.nanoTime();
        boolean done;
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            done = compiler.getTask(printed, files, null, arguments, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (!done || !printed.toString().isEmpty()) {
            throw new IllegalStateException(contender.name() + " says: " + printed);
        }
        check(contender);
        return millis;
    }

    private void empty() throws IOException {
        if (Files.exists(output)) {
            try (Stream<Path> files = Files.walk(output)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(output);
    }

    /** A figure counts only if the work was done. */
    private void check(Contender contender) throws IOException, ReflectiveOperationException {
        try (Stream<Path> files = Files.walk(output)) {
            long found = files.filter(file -> file.toString().endsWith(contender.suffix()))
                    .count();
            if (found != contender.generated()) {
                throw new IllegalStateException(contender.name() + " generated " + found + " classes");
            }
        }
        if (contender.generated() == Shop.PROMISING) {
            loadCompanion();
        }
    }

    private void loadCompanion() throws IOException, ReflectiveOperationException {
        String service = "com.acme." + Shop.packageName(0) + "." + Shop.name(0);
        URL[] classes = {output.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, Javac.class.getClassLoader())) {
            Companion companion = (Companion) loader.loadClass(service + "Service_Plimsoll")
                    .getConstructor()
                    .newInstance();
            CompiledExpression key = companion.sites().stream()
                    .filter(site -> site.id().startsWith("place("))
                    .map(Javac::key)
                    .findFirst()
                    .orElseThrow();
            Object request = loader.loadClass(service + "Request")
                    .getConstructor(String.class, String.class, List.class)
                    .newInstance("A-1", "acme", List.of());
            if (!key.evaluate(new Object[] {request}).equals("A-1")
                    || companion.sites().size() != 4) {
                throw new IllegalStateException("a companion that does not work: " + companion.sites());
            }
        }
    }

    private static CompiledExpression key(CompiledSite site) {
        return Objects.requireNonNull(
                Objects.requireNonNull(site.fact(CompiledIdempotent.class)).key());
    }
}
