package io.plimsoll.processor.engine;

import static javax.tools.StandardLocation.CLASS_OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import io.plimsoll.processor.Javac;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustnessTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import org.springframework.web.bind.annotation.*;
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class A extends Missing { @GetMapping void a() {} }",
                "@RestController class A implements Missing { @GetMapping void a() {} }",
                "@RestController @Missing class A { @GetMapping void a() {} }",
                "@RestController class A { @GetMapping @Missing void a() {} }",
                "class A { @Timeout(Missing.VALUE) void a() {} }",
                "class A { @Timeout void a() {} }",
                "class A { @Timeout(2) void a() {} }",
                "class A { @Timeout(\"1s\", \"2s\") void a() {} }",
                "class A { @Timeout(value = \"1s\", other = 3) void a(Missing m) {} }",
                "class A { void a() { b(); missing(); this.missing(); super.missing(); } void b(Missing m) {} }",
                "class A { @Timeout(\"1s\") void a(Missing<String>[] m) {} }",
                "@Timeout(\"1s\") class A extends A {}",
                "class A { @NoTimeout void a() {} @NoTimeout(reason = Missing.R) void b() {} }",
                "class A { @Timeout(\"1s\") void a() { return 1; } void b() { int i = \"\"; } }",
                "@interface A { @org.springframework.core.annotation.AliasFor(annotation = Missing.class) String a(); }",
                "@interface A { @org.springframework.core.annotation.AliasFor(\"b\") String a() default \"\";"
                        + " @org.springframework.core.annotation.AliasFor(\"a\") String b() default \"\"; }",
                "@A @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface A {}"
                        + " @A class B {}",
            })
    void codeThatDoesNotCompileIsTheCompilersBusiness(String code) {
        assertThat(Javac.compile(IMPORTS + code).messages()).noneMatch(message -> message.startsWith("["));
    }

    @Test
    void annotationsThatStandNowhereInTheModelOfATypeDoNotHideIt() {
        Javac.Result result = Javac.compile(IMPORTS + """
                        import java.lang.annotation.*;
                        record A(@P int a, @U String b) { @Timeout("1s") void hit() {} }
                        @Target(ElementType.PARAMETER) @interface P {}
                        @Target(ElementType.TYPE_USE) @interface U {}
                        @Target(ElementType.FIELD) @Repeatable(Rs.class) @interface R {}
                        @Target(ElementType.FIELD) @interface Rs { R[] value(); }
                        class B<T> {
                            @U T t;
                            @U T[] ts;
                            @R @R int r;
                            java.util.@U List<T> list() { return null; }
                            @U <X> X x() { return null; }
                            @U B() {}
                            @Timeout("1s") final void hit() {}
                        }
                        """);

        assertThat(result.findings()).containsExactly("error UnproxyableMethod 5:35", "error UnproxyableMethod 17:5");
    }

    @Test
    void whatAnotherProcessorWritesIsWaitedFor() {
        Javac.Result result =
                Javac.compile(List.of(new WritesLate()), List.of("-Aplimsoll.profile=adopt"), IMPORTS + """
                        @RestController
                        class A extends Late { @GetMapping void a() {} }
                        class B { @Timeout(Late.BUDGET) void b(Late late) {} }
                        @RestController
                        class C { @GetMapping @LateTimeout void a() {} @GetMapping void shown() {} }
                        """);

        assertThat(result.findings()).containsExactly("warning MissingTimeout 8:65");
        assertThat(result.compilation().generatedFile(CLASS_OUTPUT, "com/acme/B_Plimsoll.class"))
                .isPresent();
    }

    /** javac 17 shows nothing of what does not exist; later versions and other compilers show error types. */
    @ParameterizedTest
    @ValueSource(strings = {"#order.late.id", "#order.all[0].id", "#order.late?.id ?: 'none'", "#order.withLate.id"})
    void keysThatLeadThroughWhatAnotherProcessorWritesAreWaitedFor(String key) {
        Javac.Result result = Javac.compile(List.of(new WritesLate()), List.of(), IMPORTS + """
                class A { @io.plimsoll.idempotency.Idempotent(key = "%s") void a(Order order) {} }
                record Order(Late late, java.util.List<Late> all, WithLate withLate) {}
                """.formatted(key));

        assertThat(result.findings()).isEmpty();
        assertThat(result.compilation().generatedSourceFile("com.acme.A_Plimsoll"))
                .hasValueSatisfying(companion -> assertThat(Javac.text(companion))
                        .contains("arguments ->")
                        .doesNotContain("Refused"));
    }

    @Test
    void keysThatLeadThroughWhatNobodyWritesAreTheCompilersBusiness() {
        Javac.Result result = Javac.compile(List.of(new WritesLate()), List.of(), IMPORTS + """
                class A { @io.plimsoll.idempotency.Idempotent(key = "#order.never.id") void a(Order order) {} }
                record Order(Never never) {}
                """);

        assertThat(result.messages()).isNotEmpty().noneMatch(message -> message.startsWith("["));
    }

    /** Writes a superclass with a budget, a constant and an annotation, one round after they are needed. */
    @SupportedAnnotationTypes("*")
    private static final class WritesLate extends AbstractProcessor {

        private int rounds;

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (rounds++ == 0) {
                write(
                        "Late",
                        "package com.acme; @io.plimsoll.timeout.Timeout(\"2s\") class Late { static final String BUDGET = \"3s\"; public String id; }");
                write("WithLate", "package com.acme; record WithLate(String id) {}");
                write(
                        "LateTimeout",
                        "package com.acme; @io.plimsoll.timeout.Timeout(\"2s\")"
                                + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                                + " @interface LateTimeout {}");
            }
            return false;
        }

        private void write(String name, String source) {
            try (Writer writer = processingEnv
                    .getFiler()
                    .createSourceFile("com.acme." + name)
                    .openWriter()) {
                writer.write(source);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aRuleThatFailsInsideIsOneWarning() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new Defective())
                .compile(JavaFileObjects.forSourceString("A", "class A { int a; int b; void c() {} }"));

        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.warnings()).singleElement().satisfies(warning -> assertThat(warning.getMessage(null))
                .startsWith("[AlwaysFails] failed inside and did not check everything. This is a defect of Plimsoll")
                .contains("IllegalStateException: on purpose"));
    }

    private static final class AlwaysFails implements ElementRule {

        @Override
        public void check(Element element, io.plimsoll.processor.model.Compilation compilation, Findings findings) {
            throw new IllegalStateException("on purpose");
        }
    }

    @SupportedAnnotationTypes("*")
    private static final class Defective extends AbstractProcessor {

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            Guard guard = new Guard(text -> processingEnv.getMessager().printMessage(Diagnostic.Kind.WARNING, text));
            ElementChecks checks = new ElementChecks(
                    List.of(new AlwaysFails()),
                    List.of(),
                    new Judge(Options.parse(Map.of(), List.of())),
                    processingEnv.getMessager(),
                    place -> 0,
                    guard);
            for (Element root : round.getRootElements()) {
                checks.check(
                        root,
                        io.plimsoll.processor.model.Compilation.of(
                                processingEnv.getElementUtils(), processingEnv.getTypeUtils(), List.of()));
            }
            return false;
        }
    }
}
