package io.plimsoll.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.ForkedJavac.Result;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside Lombok, whichever of the two stands first on the processor path. */
class LombokTest {

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import io.plimsoll.timeout.*;
            import lombok.*;
            import lombok.experimental.*;
            import org.springframework.web.bind.annotation.*;
            """;

    @TempDir
    private Path folder;

    private ForkedJavac javac;

    @BeforeEach
    void inAnEmptyFolder() {
        javac = new ForkedJavac(folder);
    }

    /** @param lombokFirst the order that Lombok asks for */
    private Result compile(boolean lombokFirst, String source, String... options) throws Exception {
        String ours = ForkedJavac.processor();
        String lombok = ForkedJavac.lombok();
        String[] paths = {
            "-classpath",
            ForkedJavac.classPath(),
            "-processorpath",
            lombokFirst ? lombok + File.pathSeparator + ours : ours + File.pathSeparator + lombok
        };
        String[] all = java.util.Arrays.copyOf(paths, paths.length + options.length);
        System.arraycopy(options, 0, all, paths.length, options.length);
        return javac.compile(IMPORTS + source, all);
    }

    private Path companion() {
        return folder.resolve("com/acme/Orders_Plimsoll.java");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysReadWhatLombokWrites(boolean lombokFirst) throws Exception {
        Result result = compile(lombokFirst, """
                @RequiredArgsConstructor
                class Orders {
                    private final Other other;
                    @Idempotent(key = "#order.id") void data(Order order) {}
                    @Idempotent(key = "#order.customer.number") void chain(Order order) {}
                    @Idempotent(key = "{#line.sku, #line.count}") void builder(Line line) {
                        val sku = line.getSku();
                        Line.builder().sku(sku.trim()).build();
                    }
                    @Idempotent(key = "#o.id") void onField(OnField o) {}
                    @Idempotent(key = "#f.id()") void fluent(Fluent f) {}
                    @Idempotent(key = "#s.id") void inherited(Special s) {}
                    @Timeout("2s") void other() {}
                }
                @RequiredArgsConstructor class Other { private final String a; }
                @Data class Order { private String id; private Customer customer; }
                @Value class Customer { String number; }
                @Builder @Getter class Line { private final String sku; private final int count; }
                class OnField { @Getter private String id; }
                @Getter @Accessors(fluent = true) class Fluent { private String id; }
                class Special extends Order { private int more; }
                """);

        assertThat(result).isEqualTo(new Result(0, ""));
        assertThat(companion())
                .content()
                .contains(".getCustomer()", ".getSku()")
                .doesNotContain("RefusedExpression");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLombokDoesNotWriteEitherIsAnError(boolean lombokFirst) throws Exception {
        Result result = compile(lombokFirst, """
                class Orders {
                    @Idempotent(key = "#order.nubmer") void place(Order order) {}
                }
                @Data class Order { private String number; }
                """);

        assertThat(result.exit()).isOne();
        assertThat(result.lines().get(0))
                .startsWith(
                        "Orders.java:8: error: [UnresolvableKey] key \"#order.nubmer\": Order has no property nubmer.")
                .contains("did you mean \"#order.number\"?");
        assertThat(result.printed()).contains("\n1 error\n");
    }

    /** The companion then waits for a round that does not come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereTheRuleIsNoErrorTheCompanionIsWritten(boolean lombokFirst) throws Exception {
        String source = """
                class Orders {
                    @Idempotent(key = "#order.nubmer") void place(Order order) {}
                }
                @Data class Order { private String number; }
                """;

        Result result = compile(lombokFirst, source, "-Aplimsoll.rule.UnresolvableKey=warn");

        assertThat(result.exit()).isZero();
        assertThat(result.count("[UnresolvableKey]")).isOne();
        assertThat(companion()).content().contains("RefusedExpression");
        assertThat(folder.resolve("com/acme/Orders_Plimsoll.class")).exists();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rulesSeeThroughLombok(boolean lombokFirst) throws Exception {
        Result result = compile(lombokFirst, """
                @RestController
                @RequiredArgsConstructor
                class Orders {
                    private final Other other;
                    @GetMapping void budget() { other.setName(other.getName()); }
                    @Timeout("1s") void self() {}
                    @Timeout("1s") @SneakyThrows void caller() { self(); throw new java.io.IOException(); }
                }
                @Data class Other { private String name; }
                """, "-XDshould-stop.ifError=FLOW");

        assertThat(result.lines().stream()
                        .filter(line -> line.contains("error:"))
                        .map(line -> line.replaceFirst("].*", "]")))
                .containsExactly("Orders.java:11: error: [MissingTimeout]", "Orders.java:13: error: [SelfInvocation]");
        assertThat(result.printed()).contains("\n2 errors\n");
    }
}
