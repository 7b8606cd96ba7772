package io.plimsoll.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.ForkedJavac.Result;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries whose optional dependencies are not there: no error for the compiler, and none for us. */
class MissingClassFilesTest {

    private static final List<String> LIBRARY = List.of(
            "package lib;\npublic interface Optional {}",
            "package lib;\npublic class Base { public String getId() { return null; } }",
            "package lib;\npublic @interface Mark { Class<?> value(); Level level() default Level.LOW; }",
            "package lib;\npublic enum Level { LOW, HIGH }",
            """
            package lib;
            @Mark(Optional.class)
            public class Order implements java.util.function.Supplier<Optional> {
                @Mark(value = Optional.class, level = Level.HIGH) public String getNumber() { return null; }
                public Optional getOptional() { return null; }
                public void take(Optional optional, java.util.List<Optional> all) {}
                public Optional get() { return null; }
            }
            """,
            """
            package lib;
            @io.plimsoll.timeout.Timeout("1s") @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            @Mark(Optional.class)
            public @interface Budget {}
            """,
            "package lib;\npublic class Controller { public Optional optional() { return null; } public void call() {} }");

    @TempDir
    private Path folder;

    @Test
    void areNoBusinessOfOurs() throws Exception {
        Path library = Files.createDirectories(folder.resolve("library"));
        assertThat(new ForkedJavac(library).compile(LIBRARY, "-classpath", ForkedJavac.annotations(), "-proc:none"))
                .extracting(Result::exit)
                .isEqualTo(0);
        for (String gone : List.of("Optional", "Mark", "Level")) {
            Files.delete(library.resolve("lib/" + gone + ".class"));
            Files.delete(library.resolve("lib/" + gone + ".java"));
        }

        Path application = Files.createDirectories(folder.resolve("application"));
        Result result = new ForkedJavac(application)
                .compile(
                        """
                        package com.acme;
                        import io.plimsoll.idempotency.*;
                        import io.plimsoll.timeout.*;
                        import lib.*;
                        import org.springframework.web.bind.annotation.*;
                        @RestController
                        class Orders extends Controller {
                            @Idempotent(key = "#order.number") @Timeout("1s") void place(Order order) {}
                            @Budget void budget(Order order, java.util.List<? extends Order> orders) {}
                            @GetMapping @Budget Order find(long id) { call(); return null; }
                        }
                        """,
                        "-classpath",
                        String.join(File.pathSeparator, ForkedJavac.classPath(), library.toString()),
                        "-processorpath",
                        ForkedJavac.processor());

        assertThat(result.printed()).doesNotContain("error:", "failed inside").doesNotContainPattern("\\[[A-Z]");
        assertThat(result.exit()).isZero();
        assertThat(application.resolve("com/acme/Orders_Plimsoll.java"))
                .content()
                .contains(".getNumber()")
                .doesNotContain("Refused");
    }
}
