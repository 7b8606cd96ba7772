package io.plimsoll.processor;

import com.google.testing.compile.JavaFileObjects;
import io.plimsoll.processor.engine.PlimsollProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Compiles sources with the processor, and with the plugin, which starts by itself. */
public final class Javac {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("^(?:[\\w@]+ )*?(?:class|record|enum|@?interface) (\\w+)", Pattern.MULTILINE);

    private Javac() {}

    public static Result compile(String... sources) {
        return compile(List.of(), sources);
    }

    public static Result compile(List<String> options, String... sources) {
        return compile(List.of(), options, sources);
    }

    public static Result compile(List<Processor> others, List<String> options, String... sources) {
        List<String> all =
                new ArrayList<>(List.of("-Xlint:all,-processing,-options,-classfile", "-XDshould-stop.ifError=FLOW"));
        all.addAll(options);
        List<JavaFileObject> files = new ArrayList<>();
        for (String source : sources) {
            files.add(JavaFileObjects.forSourceString(name(source), source));
        }
        List<Processor> processors = new ArrayList<>(others);
        processors.add(new PlimsollProcessor());
        return new Result(Compiled.of(processors, all, files));
    }

    static String name(String source) {
        Matcher declared = PACKAGE.matcher(source);
        String prefix = declared.find() ? declared.group(1) + "." : "";
        Matcher type = TYPE.matcher(source);
        return prefix + (type.find() ? type.group(1) : source.startsWith("module ") ? "module-info" : "package-info");
    }

    /** What a file holds. */
    public static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What came out of a compilation. */
    public record Result(Compiled compilation) {

        /** {@code error MissingTimeout 9:12} for each finding, by place. */
        public List<String> findings() {
            return diagnostics().stream().map(Result::print).toList();
        }

        /** The findings of one rule, and whatever the compiler itself complains of. */
        public List<String> findingsOf(String rule) {
            return diagnostics().stream()
                    .filter(each -> {
                        String message = each.getMessage(Locale.ROOT);
                        return !message.startsWith("[") || message.startsWith("[" + rule + "]");
                    })
                    .map(Result::print)
                    .toList();
        }

        /** The texts of all findings. */
        public List<String> messages() {
            return diagnostics().stream()
                    .map(each -> each.getMessage(Locale.ROOT))
                    .toList();
        }

        private List<Diagnostic<? extends JavaFileObject>> diagnostics() {
            List<Diagnostic<? extends JavaFileObject>> found = new ArrayList<>();
            for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
                if (each.getKind() != Diagnostic.Kind.NOTE) {
                    found.add(each);
                }
            }
            found.sort((a, b) -> Long.compare(a.getPosition(), b.getPosition()));
            return found;
        }

        private static String print(Diagnostic<? extends JavaFileObject> each) {
            String message = each.getMessage(Locale.ROOT);
            String rule = message.startsWith("[") ? message.substring(1, message.indexOf(']')) : message;
            String kind = each.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning";
            return kind + " " + rule + " " + each.getLineNumber() + ":" + each.getColumnNumber();
        }

        /** A class that was compiled, loaded. */
        public Class<?> load(String name) {
            try {
                return Class.forName(name, true, new Loader(compilation));
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, JavaFileObject> classes = new TreeMap<>();

        Loader(Compiled compilation) {
            super(Javac.class.getClassLoader());
            for (JavaFileObject file : compilation.generatedFiles()) {
                if (file.getKind() == JavaFileObject.Kind.CLASS) {
                    String path = file.getName().replaceFirst("^/CLASS_OUTPUT/", "");
                    classes.put(path.replace('/', '.').replaceFirst("\\.class$", ""), file);
                }
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            JavaFileObject file = classes.get(name);
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            try (var in = file.openInputStream()) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
