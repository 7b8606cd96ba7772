package io.plimsoll.processor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnversionedApiTest {

    private static final String IMPORTS = """
            package com.acme;
            import java.lang.annotation.*;
            import org.springframework.http.*;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.service.annotation.*;
            """;

    private static Javac.Result compile(String profile, String code) {
        return Javac.compile(List.of("-Aplimsoll.profile=" + profile), IMPORTS + code);
    }

    private static List<String> findings(String code) {
        return compile("strict", code).findingsOf("UnversionedApi");
    }

    @Test
    void aHandlerIsShownAtItsName() {
        Javac.Result result = compile("strict", """
                @RestController
                class Orders {
                    @GetMapping("/orders")
                    String find() { return null; }
                }
                """);

        assertThat(result.findingsOf("UnversionedApi")).containsExactly("error UnversionedApi 10:12");
        assertThat(result.messages())
                .contains("[UnversionedApi] The request handler Orders.find has no API version. The first change that a"
                        + " client cannot take breaks all of them at once. Fix: version = \"1\" in the mapping (Spring"
                        + " 7), or \"/v1\" in its path."
                        + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnversionedApi.md");
    }

    @ParameterizedTest
    @CsvSource({"2, Both handlers", "3, All 3 handlers"})
    void aControllerWithoutAnyVersionIsToldOnce(int handlers, String who) {
        Javac.Result result = compile(
                "strict",
                "@RestController class C {"
                        + " @GetMapping(\"/a\") int a() { return 1; }"
                                .repeat(handlers)
                                .replaceFirst("int a", "int b")
                                .replaceFirst("int a", "int c")
                        + "}");

        assertThat(result.findingsOf("UnversionedApi")).containsExactly("error UnversionedApi 7:17");
        assertThat(result.messages()).anyMatch(each -> each.contains(who + " of C have no API version."));
    }

    @Test
    void whereSomeHaveAVersionTheOthersAreTold() {
        assertThat(findings("""
                @RestController
                class C {
                    @GetMapping(path = "/a", version = "1") int a() { return 1; }
                    @GetMapping("/b") int b() { return 1; }
                    @GetMapping("/c") int c() { return 1; }
                }
                """)).containsExactly("error UnversionedApi 10:27", "error UnversionedApi 11:27");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@GetMapping",
                "@GetMapping(\"/orders/vat\")",
                "@GetMapping(\"/envoy1/tv4\")",
                "@GetMapping(\"/conversions\")",
                "@GetMapping(\"/orders/10\")",
                "@GetMapping(value = \"/orders\", version = \"\")",
                "@GetMapping(name = \"v1\", value = \"/orders\")",
                "@GetMapping(value = \"/orders\", produces = \"application/json\")",
                "@GetMapping(\"/orders/healthy\")",
                "@GetExchange(\"/orders\")",
            })
    void whatIsNoVersionIsNone(String mapping) {
        assertThat(findings("@RestController class C {\n" + mapping + " int a() { return 1; } }"))
                .singleElement()
                .asString()
                .startsWith("error UnversionedApi 8:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@GetMapping(value = \"/orders\", version = \"1\")",
                "@GetMapping(\"/v1/orders\")",
                "@GetMapping({\"/orders\", \"v2/orders\"})",
                "@GetMapping(\"/api/V1\")",
                "@GetMapping(\"/api/v1.2/orders\")",
                "@GetMapping(\"/api/1.0/orders\")",
                "@GetMapping(\"/2026-01-31/orders\")",
                "@GetMapping(\"/{version}/orders\")",
                "@GetMapping(\"/{apiVersion}/orders\")",
                "@GetMapping(\"${api.prefix}/orders\")",
                "@GetMapping(value = \"/orders\", produces = \"application/vnd.acme.v1+json\")",
                "@GetMapping(value = \"/orders\", consumes = \"application/json;v=1\")",
                "@GetMapping(value = \"/orders\", headers = \"X-API-Version=1\")",
                "@GetMapping(value = \"/orders\", params = \"v=1\")",
                "@GetMapping(value = \"/orders\", params = \"version=1\")",
                "@GetMapping(PREFIX + \"/orders\")",
                "@GetExchange(\"/v1/orders\")",
                "@GetExchange(value = \"/orders\", accept = \"application/vnd.acme.v1+json\")",
                "@GetMapping(\"/orders\") @ApiVersion(1)",
                "@GetMapping(\"/actuator/orders\")",
                "@GetMapping(\"/healthz\")",
                "@GetMapping(\".well-known/orders\")",
            })
    void aVersionIsFoundWhereverItIsSaid(String mapping) {
        assertThat(findings("@RestController class C { static final String PREFIX = \"/v1\";\n" + mapping
                        + " int a() { return 1; } }  @interface ApiVersion { int value(); }"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController @RequestMapping(\"/v1\") class C { @GetMapping int a() { return 1; } }",
                "@RestController @RequestMapping(version = \"1\") class C { @GetMapping int a() { return 1; } }",
                "@RestController @ApiVersion class C { @GetMapping int a() { return 1; } } @interface ApiVersion {}",
                "@RestController class C extends Base { @GetMapping int a() { return 1; } }"
                        + " @RequestMapping(\"/v1\") class Base {}",
                "@RestController class C implements Api { public int a() { return 1; } }"
                        + " interface Api { @GetMapping(\"/v1\") int a(); }",
                "@V1 class C { @GetMapping int a() { return 1; } } @RestController @RequestMapping(\"/v1\")"
                        + " @Retention(RetentionPolicy.RUNTIME) @interface V1 {}",
                "@Controller class C { @GetMapping String view() { return \"view\"; } }",
                "@RestController class C implements ErrorController { @GetMapping(\"/a\") int a() { return 1; } }"
                        + " interface ErrorController {}",
                "class C { @GetMapping int a() { return 1; } }",
                "@RestController class C { int a() { return 1; } }",
            })
    void neitherAreTheseFindings(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @Test
    void itIsSilentWhereSomethingIsUnknown() {
        assertThat(compile(
                                "strict",
                                "@RestController class C {\n@GetMapping(Unknown.PATH) int a() { return 1; }"
                                        + " @Unknown @GetMapping int b() { return 1; } }")
                        .findings())
                .noneMatch(each -> each.contains("UnversionedApi"));
    }

    @Test
    void itIsSuppressedOnTheElementOrTheClass() {
        assertThat(findings("""
                class Outer {
                    @RestController static class C {
                        @SuppressWarnings("plimsoll:UnversionedApi") @GetMapping int a() { return 1; }
                    }
                    @SuppressWarnings("plimsoll:UnversionedApi") @RestController static class D {
                        @GetMapping int a() { return 1; }
                    }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommended", "adopt"})
    void itIsStrictOnly(String profile) {
        assertThat(compile(profile, "@RestController class C { @GetMapping int a() { return 1; } }")
                        .findingsOf("UnversionedApi"))
                .isEmpty();
    }
}
