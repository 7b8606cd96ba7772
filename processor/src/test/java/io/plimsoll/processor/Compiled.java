package io.plimsoll.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What javac made of some sources, in memory. The class path is opened once for all compilations of a JVM, which makes
 * a test of a rule several times as fast.
 */
public record Compiled(List<Diagnostic<? extends JavaFileObject>> diagnostics, List<JavaFileObject> generatedFiles) {

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager CLASS_PATH = JAVAC.getStandardFileManager(null, Locale.ROOT, null);

    static Compiled of(List<Processor> processors, List<String> options, List<JavaFileObject> sources) {
        synchronized (CLASS_PATH) { // One compilation at a time looks into its jars.
            DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
            Outputs outputs = new Outputs();
            JavaCompiler.CompilationTask task =
                    JAVAC.getTask(Writer.nullWriter(), outputs, diagnostics, options, null, sources);
            task.setProcessors(processors);
            task.call();
            return new Compiled(diagnostics.getDiagnostics(), List.copyOf(outputs.files));
        }
    }

    public List<JavaFileObject> generatedSourceFiles() {
        return generatedFiles.stream()
                .filter(file -> file.getKind() == JavaFileObject.Kind.SOURCE)
                .toList();
    }

    public Optional<JavaFileObject> generatedSourceFile(String name) {
        return generatedSourceFiles().stream()
                .filter(file -> file.getName().endsWith("/" + name.replace('.', '/') + ".java"))
                .findAny();
    }

    public Optional<JavaFileObject> generatedFile(JavaFileManager.Location location, String path) {
        return generatedFiles.stream()
                .filter(file -> file.getName().equals("/" + location.getName() + "/" + path))
                .findAny();
    }

    /** Keeps what is written. */
    private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {

        private final List<JavaFileObject> files = new ArrayList<>();

        Outputs() {
            super(CLASS_PATH);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return add(new InMemoryFile(location, className.replace('.', '/') + kind.extension, kind));
        }

        @Override
        public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling) {
            String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
            JavaFileObject.Kind kind = name.endsWith(".class") ? JavaFileObject.Kind.CLASS : JavaFileObject.Kind.OTHER;
            return add(new InMemoryFile(location, folder + name, kind));
        }

        private JavaFileObject add(InMemoryFile file) {
            files.add(file);
            return file;
        }

        /** Javac asks this of what it reads and what it writes. */
        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.toUri().equals(b.toUri());
        }

        @Override
        public String inferBinaryName(Location location, JavaFileObject file) {
            return file instanceof InMemoryFile ? file.getName() : super.inferBinaryName(location, file);
        }

        @Override
        public void close() {} // The class path stays open.

        @Override
        public void flush() throws IOException {}
    }
}
