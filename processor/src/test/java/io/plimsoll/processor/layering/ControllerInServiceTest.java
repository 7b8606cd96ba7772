package io.plimsoll.processor.layering;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerInServiceTest {

    private static final String IMPORTS = """
            package com.acme;
            import java.util.*;
            import java.util.function.*;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            @RestController class Web { record Request(String text) {} static final String PATH = "/orders"; }
            """;

    private static List<String> findings(List<String> options, String code) {
        return Javac.compile(options, IMPORTS + code).findingsOf("ControllerInService");
    }

    private static List<String> findings(String code) {
        return findings(List.of(), code);
    }

    @Test
    void aControllerIsShownAtTheFieldThatHoldsIt() {
        Javac.Result result = Javac.compile(IMPORTS + """
                @Service
                class OrderService {
                    private final Web web;
                    OrderService(Web web) { this.web = web; }
                    Web web() { return web; }
                }
                """);

        assertThat(result.findings()).containsExactly("error ControllerInService 9:23");
        assertThat(result.messages())
                .containsExactly("[ControllerInService] OrderService refers to the controller Web. It cannot be used or"
                        + " tested without the web, and the two layers need each other in a circle. Fix: move what"
                        + " OrderService needs from Web to a service that both can use."
                        + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/ControllerInService.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Service class S { S(Web web) {} } | 26",
                "@Service class S { void take(String a, Web web) {} } | 44",
                "@Service class S { Web give() { return null; } } | 24",
                "@Service class S { List<Map<String, Web>> all; } | 43",
                "@Service class S { Supplier<? extends Web> late; } | 44",
                "@Service class S { Web[] all; } | 26",
                "@Service class S extends Web {} | 10",
                "@Repository class S { Web web; } | 27",
                "@Repository interface S { void take(Web web); } | 41",
                "@Mine class S { Web web; } @Service @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) @interface Mine {} | 21",
                "@Service class S { Other web; } @Other.Ctl class Other { @Controller @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) @interface Ctl {} } | 26",
            })
    void eachWayToReferToOneIsFound(String code, int column) {
        assertThat(findings(code)).containsExactly("error ControllerInService 7:" + column);
    }

    @Test
    void eachControllerIsToldOnceWhereItComesFirst() {
        assertThat(findings("""
                @Service
                class S {
                    S(Web web, Other other) {}
                    Web web() { return null; }
                    Web web;
                }
                @Controller class Other {}
                """)).containsExactly("error ControllerInService 9:22", "error ControllerInService 11:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Service class S { Web.Request request; S(Web.Request request) {} }",
                "@Service class S { String path = Web.PATH; void use() { new Web().toString(); } }",
                "@Service class S { Class<Web> type; }",
                "@Service class S { Api api; } @Controller interface Api {}",
                "@Service class S { Advice api; } @ControllerAdvice class Advice {}",
                "@Component class Assembler { Web web; }",
                "class S { Web web; }",
                "@Controller class S { Web web; S(Web web) {} }",
                "@Controller @Service class S { Web web; }",
                "@Service class S { Other other; int number; void none() {} } class Other {}",
            })
    void nothingElseIs(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @Test
    void itIsSuppressedOnTheElementOrTheClass() {
        assertThat(findings("""
                class Outer {
                    @Service static class S { @SuppressWarnings("plimsoll:ControllerInService") Web web; }
                    @SuppressWarnings("plimsoll:ControllerInService") @Service static class T { Web web; }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"recommended, error", "strict, error", "adopt, warning"})
    void severityFollowsTheProfile(String profile, String kind) {
        assertThat(findings(List.of("-Aplimsoll.profile=" + profile), "@Service class S { Web web; }"))
                .containsExactly(kind + " ControllerInService 7:24");
    }
}
