package io.plimsoll.processor.injection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Stub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldInjectionTest {

    private static final String IMPORTS = """
            package com.acme;
            import java.util.*;
            import org.springframework.beans.factory.annotation.*;
            import org.springframework.context.annotation.*;
            import org.springframework.stereotype.*;
            interface Orders {}
            """;

    private static final String RUNTIME =
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) ";

    private static List<String> findings(String code, String... others) {
        List<String> sources = new ArrayList<>(List.of(others));
        sources.add(IMPORTS + code);
        return Javac.compile(sources.toArray(String[]::new)).findingsOf("FieldInjection");
    }

    @Test
    void aFieldIsShownAtTheAnnotation() {
        Javac.Result result = Javac.compile(IMPORTS + """
                @Service
                class OrderService {
                    @Autowired
                    private List<Orders> orders;
                }
                """);

        assertThat(result.findings()).containsExactly("warning FieldInjection 9:5");
        assertThat(result.messages())
                .containsExactly(
                        "[FieldInjection] OrderService gets its List<Orders> through the field orders. It can be"
                                + " made without it, so that a test needs Spring or reflection, and the field cannot be final."
                                + " Fix: private final, and a constructor: OrderService(List<Orders> orders)."
                                + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/FieldInjection.md");
    }

    @Test
    void aSetterIsShownAtTheAnnotation() {
        Javac.Result result = Javac.compile(IMPORTS + """
                @Service
                class OrderService {
                    @Autowired
                    void setOrders(Orders orders) {}
                }
                """);

        assertThat(result.findings()).containsExactly("warning FieldInjection 9:5");
        assertThat(result.messages().get(0))
                .contains("OrderService gets its Orders through the setter setOrders.")
                .contains("a constructor: OrderService(Orders orders).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Component class S { @Autowired Orders orders; } | 22",
                "@Repository class S { @Autowired(required = true) Orders orders; } | 23",
                "@Configuration class S { @Autowired Orders orders; } | 26",
                "@Component class S { @Autowired @Qualifier(\"a\") Orders orders; } | 22",
                "@Component class S { @Mine Orders orders; @Autowired " + RUNTIME + "@interface Mine {} } | 22",
                "class Outer { @Component static class S { @Autowired Orders orders; } } | 43",
                "@Configuration class S { @Autowired Orders o; Orders plain() { return o; } @Bean String s() { return \"\"; } } | 26",
                "@Configuration class S { @Autowired Orders o; @Bean static Orders own() { return null; } } | 26",
                "@Component class S implements Comparable<S> { @Autowired Orders o; public int compareTo(S s) { return 0; } } | 47",
            })
    void whereSpringCallsTheConstructorItWouldDo(String code, int column) {
        assertThat(findings(code)).containsExactly("warning FieldInjection 7:" + column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.inject.Inject", "javax.inject.Inject"})
    void injectMeansTheSame(String inject) {
        assertThat(findings("@Component class S { @" + inject + " Orders orders; }", Stub.annotation(inject)))
                .containsExactly("warning FieldInjection 7:22");
    }

    @Test
    void everyFieldIsToldByItself() {
        assertThat(findings("""
                @Component
                class S {
                    @Autowired Orders first;
                    @Autowired Orders second;
                }
                """)).containsExactly("warning FieldInjection 9:5", "warning FieldInjection 10:5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Component class S { final Orders orders; @Autowired S(Orders orders) { this.orders = orders; } }",
                "@Component class S { S(@Autowired Orders orders) {} }",
                "@Component class S { @Value(\"${a}\") String text; }",
                "@Component class S { Orders orders; void setOrders(Orders orders) {} }",
                "@Component class S { @Autowired(required = false) Orders orders; }",
                "@Component class S { @Autowired @Lazy Orders orders; }",
                "@Component class S { @Autowired @Lazy void setOrders(Orders orders) {} }",
                "@Component class S { @Autowired void setOrders(@Lazy Orders orders) {} }",
                "@Component class S { static Orders orders; @Autowired static void setOrders(Orders o) {} }",
                "@Component class S { @Autowired static Orders orders; }",
                "@Component class S { @Autowired void setAll(Orders a, Orders b) {} }",
                "@Component class S { @Autowired void configure(Orders a) {} }",
                "@Component class S extends Base { @Autowired @Override void setOrders(Orders a) {} }"
                        + " class Base { void setOrders(Orders a) {} }",
                "@Component class S { @Autowired S self; }",
                "@Component class S implements Orders { @Autowired Orders self; }",
                "@Configuration class S { @Autowired Orders o; @Bean Orders own() { return null; } }",
                "@Component abstract class S { @Autowired Orders orders; }",
                "class S { @Autowired Orders orders; }",
                "class OrdersTest { @Autowired Orders orders; }",
            })
    void whereItWouldNotDoNothingIsSaid(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.junit.runner.RunWith",
                "org.springframework.boot.test.context.TestConfiguration",
                "jakarta.websocket.server.ServerEndpoint",
                "javax.servlet.annotation.WebFilter",
            })
    void aClassThatOthersMakeIsLeftAlone(String annotation) {
        assertThat(findings(
                        "@" + annotation + " @Component class S { @Autowired Orders orders; }" + " @" + annotation
                                + " class T { @Component static class S { @Autowired Orders orders; } }",
                        Stub.annotation(annotation)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.quartz.Job", "javax.persistence.AttributeConverter"})
    void aClassThatOthersMayMakeIsLeftAlone(String type) {
        assertThat(findings(
                        "@Component class S extends Base { @Autowired Orders orders; } class Base implements " + type
                                + " {}",
                        Stub.type(type)))
                .isEmpty();
    }

    @Test
    void itIsSilentWhereASupertypeIsUnknown() {
        assertThat(Javac.compile(IMPORTS + "@Component class S extends Unknown { @Autowired Orders orders; }")
                        .findings())
                .noneMatch(each -> each.contains("FieldInjection"));
    }

    @Test
    void itIsSuppressedOnTheElementOrTheClass() {
        assertThat(findings("""
                class Outer {
                    @Component static class S { @SuppressWarnings("plimsoll:FieldInjection") @Autowired Orders o; }
                    @SuppressWarnings("plimsoll:FieldInjection") @Component static class T { @Autowired Orders o; }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommended", "strict", "adopt"})
    void itIsAWarningInEveryProfile(String profile) {
        assertThat(Javac.compile(
                                List.of("-Aplimsoll.profile=" + profile),
                                IMPORTS + "@Component class S { @Autowired Orders orders; }")
                        .findingsOf("FieldInjection"))
                .containsExactly("warning FieldInjection 7:22");
    }
}
