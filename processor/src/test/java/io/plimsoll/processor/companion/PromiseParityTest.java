package io.plimsoll.processor.companion;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.companion.Promise;
import io.plimsoll.companion.PromiseText;
import io.plimsoll.processor.Javac;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotation.Adapt;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** The compiler prints from mirrors, the starter from reflection with Spring: the texts must not differ in a letter. */
class PromiseParityTest {

    private static final String SOURCE = """
            package com.acme;
            import io.plimsoll.companion.*;
            import io.plimsoll.timeout.*;
            import java.lang.annotation.*;
            import java.util.*;
            import java.util.concurrent.TimeUnit;
            import org.springframework.core.annotation.AliasFor;

            class Orders {
                @Retention(RetentionPolicy.RUNTIME) @interface Part {
                    @AliasFor("name") String value() default "";
                    @AliasFor("value") String name() default "";
                    Class<?> type() default Map.Entry.class;
                }
                @Promise @Retention(RetentionPolicy.RUNTIME) @Repeatable(All.Many.class) @interface All {
                    @Retention(RetentionPolicy.RUNTIME) @interface Many { All[] value(); }
                    String text() default "a \\"b\\" \\\\ \\n $ ${c} \\u00e9";
                    String[] texts() default {"x", ""};
                    Class<?> type() default int[].class;
                    Class<?>[] types() default {Orders.class, void.class, Map.Entry.class, String[][].class, Part.class};
                    TimeUnit unit() default TimeUnit.DAYS;
                    TimeUnit[] units() default {TimeUnit.DAYS, TimeUnit.HOURS};
                    ElementType[] none() default {};
                    Part part() default @Part("p");
                    Part[] parts() default {@Part(name = "q", type = byte.class), @Part};
                    boolean z() default true; byte b() default 1; short s() default 2; char c() default '"';
                    int i() default -3; long j() default 4L; float f() default 1.5f; double d() default 1e10;
                    int[] is() default {1, 2}; long[] js() default 7; char[] cs() default {'a', 'b'}; double[] ds() default {};
                    Constant constant() default Constant.WITH_BODY;
                }
                enum Constant { WITH_BODY { @Override public String toString() { return "other"; } } }

                @All(text = "inner", texts = "in", i = 1)
                @Retention(RetentionPolicy.RUNTIME)
                @interface Composed {
                    @AliasFor(annotation = All.class, attribute = "text") String text() default "composed";
                    @AliasFor(annotation = All.class, attribute = "texts") String single() default "one";
                    @AliasFor(annotation = All.class, attribute = "type") Class<?> type() default Composed.class;
                }
                @Composed(text = "from outer", type = long.class)
                @Timeout("1s")
                @Retention(RetentionPolicy.RUNTIME)
                @interface Outer {
                    @AliasFor(annotation = Composed.class, attribute = "text") String words() default "";
                    @AliasFor(annotation = Timeout.class) boolean interrupt() default false;
                }
                @Timeout("1s")
                @Retention(RetentionPolicy.RUNTIME)
                @interface Mirrored {
                    @AliasFor(annotation = Timeout.class, attribute = "value") String value() default "3s";
                    @AliasFor(annotation = Timeout.class, attribute = "value") String timeout() default "3s";
                }
                @Mirrored(timeout = "8s") @Retention(RetentionPolicy.RUNTIME) @interface Fixed {}
                @Timeout("1s") @Retention(RetentionPolicy.RUNTIME) @interface Pair {
                    @AliasFor("b") String a() default "2s";
                    @AliasFor("a") String b() default "2s";
                    String value() default "conventions are history";
                }
                @Timeout("5s") @interface NotAtRunTime {}
                @Timeout("5s") @Retention(RetentionPolicy.RUNTIME) @interface First {}
                @Timeout("6s") @Retention(RetentionPolicy.RUNTIME) @interface Second {}
                @First @Retention(RetentionPolicy.RUNTIME) @interface Deep {}

                @All void defaults() {}
                @All(text = "t", texts = {}, type = Map.class, parts = {}, unit = TimeUnit.NANOSECONDS) void given() {}
                @Composed void composed() {}
                @Composed(text = "direct", single = "two") void composedGiven() {}
                @Outer void outer() {}
                @Outer(words = "w", interrupt = true) void outerGiven() {}
                @Outer @All(i = 9) void directWins() {}
                @Mirrored void mirroredDefault() {}
                @Mirrored("4s") void mirroredValue() {}
                @Mirrored(timeout = "4s") void mirroredTimeout() {}
                @Mirrored(value = "3s", timeout = "4s") void mirroredBoth() {}
                @Fixed void fixed() {}
                @Pair(b = "4s") void pair() {}
                @First @Second void firstOfTwo() {}
                @Second @First void secondOfTwo() {}
                @Deep @Second void nearest() {}
                @Timeout("7s") @NotAtRunTime void notAtRunTime() {}
                @All(i = 1) @All(i = 2) void repeated() {}
                @All.Many({@All(i = 3)}) void inAContainer() {}
            }
            """;

    @Test
    void theCompilerSeesWhatSpringSees() {
        Javac.Result result = Javac.compile(SOURCE);
        Companion companion = CompanionWriterTest.companion(result, "com.acme.Orders_Plimsoll");

        Map<String, String> atRunTime = new LinkedHashMap<>();
        for (Method method : result.load("com.acme.Orders").getDeclaredMethods()) {
            atRunTime.put(CompiledSite.methodId(method.getName(), Stream.empty()), PromiseText.of(promises(method)));
        }
        Map<String, String> inTheCompiler = new LinkedHashMap<>();
        companion.sites().forEach(site -> inTheCompiler.put(site.id(), site.seen()));

        assertThat(inTheCompiler).hasSize(19);
        inTheCompiler.forEach((id, seen) -> assertThat(seen).as(id).isEqualTo(atRunTime.get(id)));
        assertThat(atRunTime.keySet()).containsExactlyInAnyOrderElementsOf(inTheCompiler.keySet());
    }

    private static Map<String, Map<String, Object>> promises(AnnotatedElement element) {
        MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.DIRECT);
        Map<String, Map<String, Object>> promises = new LinkedHashMap<>();
        annotations.stream()
                .map(MergedAnnotation::getType)
                .distinct()
                .filter(PromiseParityTest::isPromise)
                .forEach(type -> promises.put(
                        type.getName(), annotations.get(type).asMap(Adapt.CLASS_TO_STRING, Adapt.ANNOTATION_TO_MAP)));
        return promises;
    }

    private static boolean isPromise(Class<? extends Annotation> type) {
        return Arrays.stream(type.getDeclaredAnnotations()).anyMatch(each -> each instanceof Promise);
    }
}
