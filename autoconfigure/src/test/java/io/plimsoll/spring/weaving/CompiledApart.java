package io.plimsoll.spring.weaving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Classes compiled on their own, as another build would have: with or without the processor. */
final class CompiledApart {

    private final Path folder;

    CompiledApart(Path folder) {
        this.folder = folder;
    }

    /** Compiles one top-level class of package {@code apart}; leaves what was compiled before where it is. */
    CompiledApart compile(String className, boolean withProcessor, String body) {
        try {
            Path source = Files.createDirectories(folder.resolve("src/apart")).resolve(className + ".java");
            Files.writeString(source, "package apart;\n" + body);
            Path classes = Files.createDirectories(folder.resolve("classes"));
            List<String> options = new ArrayList<>(
                    List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"), "-nowarn"));
            options.addAll(
                    withProcessor
                            ? List.of("-processor", "io.plimsoll.processor.engine.PlimsollProcessor")
                            : List.of("-proc:none"));
            options.add(source.toString());
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            if (compiler.run(null, null, null, options.toArray(String[]::new)) != 0) {
                throw new IllegalStateException("does not compile: " + body);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Class<?> load(String className) throws Exception {
        URL classes = folder.resolve("classes").toUri().toURL();
        return new URLClassLoader(new URL[] {classes}, getClass().getClassLoader()).loadClass("apart." + className);
    }
}
