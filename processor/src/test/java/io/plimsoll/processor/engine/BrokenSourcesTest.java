package io.plimsoll.processor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Ecj;
import io.plimsoll.processor.Javac;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that does not compile: the compiler says so, we say what is certain all the same, and nothing fails inside. */
class BrokenSourcesTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import io.plimsoll.timeout.*;
            import org.springframework.web.bind.annotation.*;
            """;

    private static final Pattern RULE = Pattern.compile("\\[((?!Plimsoll)[A-Z]\\w+)] ");

    @TempDir
    private Path folder;

    /** @param findings what we say beside the compiler; with its name before it, if only one of them makes us say it */
    private static Arguments code(String code, String... findings) {
        return Arguments.of(code, List.of(findings));
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                // Imports and names
                code("import gone.Gone; class A { @Timeout(\"1s\") Gone a(Gone g) { return g; } }"),
                code("import gone.*; class A { @Timeout(\"x\") void a() { Gone.a(); } }", "InvalidDuration"),
                code("import static gone.Gone.B; class A { @Timeout(B) void a() {} }"),
                code(
                        "import java.util.List; import java.awt.List; class A { @Idempotent(key = \"#l\") void a(List l) {} }",
                        "ecj UnstableKey"),
                code("class A { @io.plimsoll.timeout.Gone void a() {} @Timeout(\"1s\") void b() {} }"),
                code("class A { @Timeout(\"1s\") void a(gone.Gone... g) throws gone.Failure {} }"),
                // Supertypes
                code(
                        "class A extends Gone<String> implements Gone2<A> { @Timeout(\"1s\") void a() { super.a(); a(); } }",
                        "javac SelfInvocation"),
                code("@Timeout(\"1s\") class A extends B {} class B extends A {}"),
                code("interface A extends B { @Timeout(\"1s\") void a(); } interface B extends A {}"),
                code("class A extends A.B { static class B { @Timeout(\"1s\") void a() {} } }"),
                code("class A extends String { @Timeout(\"1s\") void a() {} }"),
                code("class A extends Runnable { @Timeout(\"1s\") void a() {} }"),
                code("class A<T> extends T { @Timeout(\"1s\") void a(T t) {} }"),
                code("class A implements java.util.List<Gone> { @Idempotent(key = \"#a\") void a(String a) {} }"),
                code("sealed class A permits B { @Timeout(\"1s\") void a() {} } class B {}"),
                code("sealed interface A permits Gone { @Timeout(\"1s\") void a(); }"),
                code("enum A extends B { X; @Timeout(\"1s\") void a() {} }"),
                code("record A(int a) extends B { @Timeout(\"1s\") void b() {} }", "UnproxyableMethod"),
                // Duplicates
                code("class A { @Timeout(\"1s\") void a() {} } class A { @Timeout(\"1s\") void a() {} }"),
                code("class A { @Timeout(\"1s\") void a() {} @Timeout(\"1s\") void a() {} }"),
                code("class A { @Idempotent(key = \"#a\") void a(String a, String a) {} }"),
                code("class A { int a; String a; @Timeout(\"1s\") void a() { a = 1; } }"),
                code("class A { @Timeout(\"1s\") @Timeout(\"2s\") void a() {} }"),
                code("class A { class A { @Timeout(\"1s\") void a() {} } }"),
                code(
                        "record A(String a, String a) { @Idempotent(key = \"#x.a\") void x(A x) {} }",
                        "UnproxyableMethod"),
                // Annotations
                code("class A { @Timeout void a() {} @Timeout(1) void b() {} @Timeout(null) void c() {} }"),
                code("class A { @Timeout({\"1s\", \"2s\"}) void a() {} @Timeout(x = \"1s\") void b() {} }"),
                code("class A { @Timeout(Gone.X) void a() {} @Idempotent(key = Gone.K, ttl = 5) void b(String k) {} }"),
                code(
                        "class A { static String s() { return \"\"; } @Timeout(s()) void a() {} @Timeout(\"1\" + 1 / 0) void b() {} }"),
                code("class A { @Idempotent(mode = Mode.GONE, key = \"#a\") void a(String a) {} }"),
                code("class A { @Idempotent(mode = \"X\", onDuplicate = 3, key = \"#a\") void a(String a) {} }"),
                code("class A { @NoTimeout(reason = @Override) void a() {} @NoTimeout void b() {} }"),
                code("@interface A { A value(); } @A(@A) class B { @Timeout(\"1s\") void a() {} }"),
                code("@interface A { String a() default gone; int b() default \"\"; Gone c(); } @A(a = 1) class B {}"),
                code("@Timeout(\"1s\") @interface A extends B {} @A class B { @A void b() {} }"),
                code(
                        "class A { void a(@Timeout(\"1s\") String a) { @Timeout(\"1s\") int b; } @Timeout(\"1s\") int c; }"),
                code("@Gone @Timeout(\"1s\") class A { @Gone(1) void a(@Gone String a) {} }"),
                code(
                        "class A { @Timeout(\"never\") final void a() { return 1; } }",
                        "InvalidDuration",
                        "UnproxyableMethod"),
                // Generics
                code("class A<T extends Gone> { @Idempotent(key = \"#t.id\") void a(T t) {} }"),
                code("class A<T extends T> { @Idempotent(key = \"#t.id\") void a(T t) {} }", "ecj UnresolvableKey"),
                code(
                        "class A<T extends U, U extends T> { @Idempotent(key = \"#t\") void a(T t, U u) {} }",
                        "ecj UnstableKey"),
                code("class A { @Idempotent(key = \"#l[0].id\") void a(java.util.List<Gone> l) {} }"),
                code(
                        "class A { @Idempotent(key = \"#l[0]\") void a(java.util.List<int> l, java.util.Map<String> m) {} }",
                        "ecj UnresolvableKey"),
                code("class A { @Idempotent(key = \"#s.x\") void a(String<Integer> s) {} }"),
                code("class A { @Idempotent(key = \"#m['a'].b\") void a(java.util.Map<String, ? extends Gone> m) {} }"),
                code(
                        "class A { @Idempotent(key = \"#o.id\") void a(Order o) {} static class Order { Gone getId() { return null; } } }"),
                code(
                        "class A { @Idempotent(key = \"#o.id.x\") void a(Order o) {} record Order(java.util.List<Gone> id, Gone g) {} }"),
                // Methods
                code("class A { @Timeout(\"1s\") a() {} @Timeout(\"1s\") void a( {} }"),
                code("class A { @Timeout(\"1s\") void a(); abstract void b() {} }"),
                code("abstract class A { @Timeout(\"1s\") abstract native void a() { } }"),
                code("class A { @Timeout(\"1s\") void a(void v) {} @Idempotent(key = \"#v\") void b(void v) {} }"),
                code(
                        "class A { @Override @Timeout(\"1s\") void a() {} @Override public int hashCode(int a) { return a; } }"),
                code("interface A { @Timeout(\"1s\") private void a(); default void b(); }", "UnproxyableMethod"),
                code("class A { @Timeout(\"1s\") public private void a() {} }", "javac UnproxyableMethod"),
                code("class A { @Idempotent(key = \"#a\") void a(var a, this b) {} }"),
                // Bodies
                code(
                        "class A { @Timeout(\"1s\") void a() { a(1); this.gone(); gone.a(); new Gone() { void b() { a(); } }; } }",
                        "javac SelfInvocation"),
                code(
                        "class A { void a() { Runnable r = this::gone; r = A::a; r = () -> gone(); } @Timeout(\"1s\") int b() {} }"),
                code(
                        "class A { void a() { class A {} class A {} for (Gone g : gone) { g.a(); } } @Timeout(\"1s\") void b() {} }"),
                code(
                        "class A { @Timeout(\"1s\") void a() { switch (this) { case Gone g -> a(); case 1: } } }",
                        "javac SelfInvocation"),
                code(
                        "class A { { a(); } A() { this(1); } A(int a) { this(); a(); } @Timeout(\"1s\") void a() { } }",
                        "javac SelfInvocation",
                        "javac SelfInvocation"),
                code(
                        "class A { static void s() { a(); this.a(); super.a(); A.this.a(); B.this.a(); } @Timeout(\"1s\") void a() {} }",
                        "javac SelfInvocation",
                        "javac SelfInvocation",
                        "javac SelfInvocation"),
                // Syntax
                code("class A { @Timeout(\"1s\") void a() {"),
                code("class A { @Timeout(\"1s\" void a() {} }"),
                code("class A { @Timeout( void a() {} } }"),
                code("class { @Timeout(\"1s\") void a() {} }"),
                code(
                        "class A { class { @Timeout(\"1s\") void a() {} } @Timeout(\"1s\") void () {} void a(@Deprecated) {} }"),
                code(
                        "class A { @Timeout(\"1s\") void a(String) {} @Idempotent(key = \"#b\") void b(String, int b) {} }",
                        "ecj UnresolvableKey"),
                code("class int { @Timeout(\"1s\") void a() {} } class A.B { @Timeout(\"1s\") void a() {} }"),
                code(
                        "class A { @Timeout(\"1s\") void class() {} @Timeout(\"1s\") int int; enum { X } record (int a) {} }"),
                code("class A { @Timeout(\"1s) void a() {} }"),
                code("class A { @Idempotent(key = \"\\q\") void a(String a) {} \\u00zz }", "ecj MissingIdempotencyKey"),
                code("class A { @Idempotent(key = \"\"\"\n#a) void a(String a) {} }", "ecj MissingIdempotencyKey"),
                code("@Timeout(\"1s\")"),
                code("class A extends { @Timeout(\"1s\") void a() {} } }}} class B {"),
                code("class A { void a() { int class = 1; @Timeout } @Timeout(\"1s\") void b() {} }"),
                code("package twice; class A { @Timeout(\"1s\") void a() {} }"),
                code("class A { @Timeout(\"1s\") void a() {} } import java.util.List; class B {}"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void javacSaysWhatIsWrong(String code, List<String> findings) {
        List<String> messages = Javac.compile(IMPORTS + code).messages();

        assertThat(messages).anyMatch(message -> !message.startsWith("["));
        assertThat(messages).noneMatch(message -> message.contains("failed inside"));
        assertThat(rules(String.join("\n", messages))).containsExactlyInAnyOrderElementsOf(of("javac ", findings));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void ecjSaysWhatIsWrong(String code, List<String> findings) throws Exception {
        String printed = Ecj.compile(folder, IMPORTS + code);

        assertThat(printed).contains("ERROR in").doesNotContain("failed inside");
        assertThat(rules(printed)).containsExactlyInAnyOrderElementsOf(of("ecj ", findings));
    }

    private static List<String> of(String compiler, List<String> findings) {
        return findings.stream()
                .filter(finding -> !finding.contains(" ") || finding.startsWith(compiler))
                .map(finding -> finding.replace(compiler, ""))
                .toList();
    }

    private static List<String> rules(String printed) {
        return RULE.matcher(printed).results().map(found -> found.group(1)).toList();
    }
}
