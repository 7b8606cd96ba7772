package io.plimsoll.processor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The javac that runs these tests, as a program of its own: it sees no path but the one it is given. */
public final class ForkedJavac {

    /** Whether processors that merely lie on the class path run. */
    public static final boolean IMPLICIT_PROCESSING = Runtime.version().feature() < 23;

    /** What newer JDKs say about Lombok. */
    private static final String BESIDE_THE_POINT = "(?m)^WARNING: .*\n";

    private final Path folder;

    public ForkedJavac(Path folder) {
        this.folder = folder;
    }

    /** @param exit 0 if it compiled */
    public record Result(int exit, String printed) {

        /** What was printed, without paths; each line that names a file begins with its name. */
        public List<String> lines() {
            return printed.lines().map(line -> line.replaceFirst("^\\S*/", "")).toList();
        }

        public long count(String text) {
            return printed.split(java.util.regex.Pattern.quote(text), -1).length - 1;
        }
    }

    /** Entries of the class path of the tests whose path contains one of the names. */
    public static String path(String... names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.of(names).anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The annotations: a jar in a full build, a folder when this module is tested alone. */
    public static String annotations() {
        return path(File.separator + "annotations" + File.separator, "plimsoll-annotations", "jspecify");
    }

    /** The processor with all it needs, annotations included. */
    public static String processor() {
        String classes =
                path("processor" + File.separator + "target" + File.separator + "classes", "plimsoll-processor");
        return String.join(
                File.pathSeparator, classes, annotations(), path("javapoet", "spring-expression", "spring-core"));
    }

    /** What an application has that uses Plimsoll, Spring and Lombok: everything but the processor. */
    public static String classPath() {
        return String.join(
                File.pathSeparator, annotations(), path("spring-web", "spring-core", "spring-context"), lombok());
    }

    public static String lombok() {
        return path(File.separator + "lombok");
    }

    /** Compiles one file. Its name is that of its first type, or package-info.java. */
    public Result compile(String source, String... options) throws IOException, InterruptedException {
        return compile(List.of(source), options);
    }

    public Result compile(List<String> sources, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString()));
        command.addAll(List.of("-Xlint:all,-options,-processing", "-d", folder.toString()));
        command.addAll(List.of(options));
        for (String source : sources) {
            Path file = folder.resolve(Javac.name(source).replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), printed.replaceAll(BESIDE_THE_POINT, ""));
    }
}
