package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.processor.ForkedJavac;
import io.plimsoll.processor.Javac;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every construct of the language that promises can meet: no finding, and a companion that loads. */
class LanguageTest {

    private static final String IMPORTS = """
            import io.plimsoll.idempotency.*;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            import java.util.*;
            import java.util.function.*;
            import org.springframework.web.bind.annotation.*;
            """;

    @TempDir
    private Path folder;

    private static List<String> sites(Javac.Result result, String companion) throws Exception {
        Companion loaded =
                (Companion) result.load(companion).getDeclaredConstructor().newInstance();
        return loaded.sites().stream().map(CompiledSite::id).toList();
    }

    @Test
    void typesOfEverySort() throws Exception {
        Javac.Result result = Javac.compile("package com.acme;\n" + IMPORTS + """
                class Types<E extends Comparable<E> & java.io.Serializable> {
                    record Key<T>(T id, Key<T> parent) { record Part(long n) {} }
                    sealed interface Shape permits Circle, Square { String name(); }
                    record Circle(String name) implements Shape {}
                    non-sealed static class Square implements Shape { public String name() { return ""; } }
                    enum Kind {
                        A { @Override String label() { return "a"; } }, B;
                        String label() { return name(); }
                    }
                    static class Nested<T> {
                        class Inner { @Idempotent(key = "#t.toString()") void inner(T t) {} @Timeout("1s") void timed() {} }
                    }
                    interface Service<T> {
                        @Timeout("1s") default void defaulted() {}
                        @Idempotent(key = "#id") void abstracted(long id, T t);
                    }
                    static class Impl implements Service<String> {
                        @Override @Idempotent(key = "{#id, #t}") public void abstracted(long id, String t) {}
                    }
                    @Idempotent(key = "{#key.id, #key.parent?.id ?: 'none'}") void records(Key<String> key) {}
                    @Idempotent(key = "#part.n") void nested(Key.Part part) {}
                    @Idempotent(key = "#shape.name()") void sealed(Shape shape) {}
                    @Idempotent(key = "{#kind, #kind.label()}") void enums(Kind kind) {}
                    @Idempotent(key = "#e.toString()") void generic(E e) {}
                    @Idempotent(key = "#s") void overloaded(String s) {}
                    @Idempotent(key = "#s") void overloaded(long s) {}
                    @Idempotent(key = "{#s[0], #s.length}") void overloaded(String... s) {}
                    Runnable anonymous() {
                        return new Runnable() {
                            class InAnonymous { @Timeout("1s") void a() {} }
                            @Override public void run() { new InAnonymous().a(); }
                        };
                    }
                }
                """);

        assertThat(result.findings()).isEmpty();
        assertThat(sites(result, "com.acme.Types_Plimsoll")).hasSize(8);
        assertThat(sites(result, "com.acme.Types_Nested_Inner_Plimsoll")).hasSize(2);
        assertThat(sites(result, "com.acme.Types_Service_Plimsoll")).hasSize(2);
        assertThat(sites(result, "com.acme.Types_Impl_Plimsoll")).hasSize(1);
    }

    /** As OpenAPI's generator writes them: all that matters stands on the interface. */
    @Test
    void mappingsOfInterfaces() throws Exception {
        Javac.Result result = Javac.compile("package com.acme;\n" + IMPORTS + """
                class Apis {
                    interface OrdersApi {
                        @RequestMapping(method = RequestMethod.POST, value = "/orders")
                        @Write default String place(@RequestBody String order) { return order; }
                        @RequestMapping(method = RequestMethod.GET, value = "/orders")
                        @Timeout("1s") String find(String id);
                    }
                    @RestController
                    static class Orders implements OrdersApi {
                        @Override public String place(String order) { return order; }
                        @Override public String find(String id) { return id; }
                    }
                    @Idempotent @Timeout("2s") @Retention(RetentionPolicy.RUNTIME) @interface Write {}
                }
                """);

        assertThat(result.findings()).isEmpty();
        assertThat(sites(result, "com.acme.Apis_OrdersApi_Plimsoll")).hasSize(2);
    }

    @Test
    void textBlocksAndEscapesInKeys() throws Exception {
        Javac.Result result = Javac.compile("package com.acme;\n" + IMPORTS + """
                class Texts {
                    static final String SUFFIX = ".trim()";
                    @Idempotent(key = "#\\u0061 + '\\u00e9\\t\\"\\u005cn'") void escapes(String a) {}
                    @Idempotent(key = \"""
                            {
                              #a,
                              'it''s "quoted" \\\\ $S $L'
                            }
                            \""") void block(String a) {}
                    @Idempotent(key = "#a" + SUFFIX) void constant(String a) {}
                    @Idempotent(key = "#größe") void letters(String größe) {}
                }
                """);

        assertThat(result.findings()).allMatch(finding -> finding.startsWith("warning AmbiguousKey"));
        assertThat(sites(result, "com.acme.Texts_Plimsoll")).hasSize(4);
    }

    @Test
    void theUnnamedPackage() throws Exception {
        Javac.Result result = Javac.compile(IMPORTS + "class Alone { @Idempotent(key = \"#a\") void a(String a) {} }");

        assertThat(result.findings()).isEmpty();
        assertThat(sites(result, "Alone_Plimsoll")).hasSize(1);
    }

    @Test
    void packagesAndAnnotationTypes() throws Exception {
        Javac.Result result = Javac.compile(
                "@io.plimsoll.timeout.Timeout(\"1s\") package com.acme;", "package com.acme;\n" + IMPORTS + """
                @interface Level1 { Level2 other() default @Level2; }
                @Retention(RetentionPolicy.RUNTIME) @Level1(other = @Level2) @Timeout("2s") @interface Level2 {}
                class Uses { @Level2 void a() {} }
                """);

        assertThat(result.findings()).isEmpty();
        assertThat(sites(result, "com.acme.package_info_Plimsoll")).hasSize(1);
        assertThat(sites(result, "com.acme.Uses_Plimsoll")).hasSize(1);
    }

    @Test
    void modules() throws Exception {
        assumeThat(ForkedJavac.annotations())
                .as("a jar, which a full build has")
                .contains("plimsoll-annotations");

        ForkedJavac.Result result = new ForkedJavac(folder)
                .compile(
                        List.of(
                                "module com.acme { requires plimsoll.annotations; exports com.acme; }",
                                "package com.acme;\npublic class Orders { @io.plimsoll.timeout.Timeout(\"1s\") void a() {} }"),
                        "--module-path",
                        ForkedJavac.annotations(),
                        "-processorpath",
                        ForkedJavac.processor());

        assertThat(result.printed()).doesNotContain("error", "failed inside").doesNotContainPattern("\\[[A-Z]");
        assertThat(folder.resolve("com/acme/Orders_Plimsoll.class")).exists();
    }

    @Test
    void switchPatternsOfNewerJdks() {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        var compilation = Compiler.javac()
                .withProcessors(new PlimsollProcessor())
                .compile(JavaFileObjects.forSourceString("com.acme.Patterns", "package com.acme;\n" + IMPORTS + """
                        class Patterns {
                            sealed interface Shape {}
                            record Circle(int r) implements Shape {}
                            record Square(Circle in, int a) implements Shape {}
                            @Idempotent(key = "#shape.toString()") int area(Shape shape, Object o) {
                                return switch (shape) {
                                    case Circle(var r) when r > 1 -> r;
                                    case Circle _ -> other(o);
                                    case Square(Circle(int r), _) -> r;
                                };
                            }
                            int other(Object o) { return o instanceof Circle(int r) && r > 0 ? r : 0; }
                            Patterns() { int a = 1; super(); }
                        }
                        """));

        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(compilation.generatedSourceFile("com.acme.Patterns_Plimsoll"))
                .isPresent();
    }
}
