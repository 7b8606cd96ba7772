package io.plimsoll.processor.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Stub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnvalidatedBodyTest {

    private static final String IMPORTS = """
            package com.acme;
            import jakarta.validation.*;
            import jakarta.validation.constraints.*;
            import jakarta.validation.groups.*;
            import java.util.*;
            import org.springframework.stereotype.*;
            import org.springframework.validation.*;
            import org.springframework.validation.annotation.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.service.annotation.*;
            record Order(@NotBlank String name) {}
            """;

    private static final String RUNTIME =
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) ";

    private static Javac.Result compile(String code, String... others) {
        List<String> sources = new ArrayList<>(List.of(others));
        sources.add(IMPORTS + code);
        return Javac.compile(sources.toArray(String[]::new));
    }

    private static List<String> findings(String code, String... others) {
        return compile(code, others).findingsOf("UnvalidatedBody");
    }

    /** A controller whose handler takes a body of a type. */
    private static String taking(String body) {
        return "@RestController class C {\n@PutMapping void put(" + body + " body) {} }\n";
    }

    @Test
    void aBodyIsShownAtItsParameter() {
        Javac.Result result = Javac.compile(List.of("-Aplimsoll.rule.MissingTimeout=off"), IMPORTS + """
                @RestController
                class Orders {
                    @PutMapping("/orders")
                    void save(@RequestBody Order order) {}
                }
                """);

        assertThat(result.findings()).containsExactly("error UnvalidatedBody 15:34");
        assertThat(result.messages())
                .containsExactly(
                        "[UnvalidatedBody] Nobody checks the constraints of order in Orders.save: Order.name is"
                                + " @NotBlank. What the type rules out comes in all the same, and fails further inside or is"
                                + " stored. Fix: @Valid @RequestBody Order order."
                                + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnvalidatedBody.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@RequestBody Order | Order.name is @NotBlank",
                "@RequestPart Order | @Valid @RequestPart Order body",
                "@RequestBody List<Order> | @Valid @RequestBody List<Order> body",
                "@RequestBody List<? extends Order> | Order.name is @NotBlank",
                "@RequestBody Order[] | @Valid @RequestBody Order[] body",
                "@RequestBody Map<String, Order> | Order.name is @NotBlank",
                "@RequestBody Optional<Order> | Order.name is @NotBlank",
                "@RequestBody reactor.core.publisher.Mono<Order> | Order.name is @NotBlank",
                "@NotNull @RequestBody Order | Order.name is @NotBlank",
                "@RequestBody Sub | Base.name is @Size",
                "@RequestBody Getter | Getter.getName is @NotNull",
                "@RequestBody Flag | Flag.isRight is @AssertTrue",
                "@RequestBody Contract | Contract.getName is @NotNull",
                "@RequestBody Whole | Whole is @Mine",
                "@RequestBody Elements | Elements.names is @NotBlank",
                "@RequestBody Keys | Keys.names is @NotBlank",
                "@RequestBody Several | Several.name is @Pattern",
                "@RequestBody Composed | Composed.name is @Mine",
                "@RequestBody Cascade | Order.name is @NotBlank",
                "@RequestBody CascadeInList | Order.name is @NotBlank",
                "@RequestBody CascadeThroughGetter | Order.name is @NotBlank",
                "@RequestBody Wrapper<Order> | Order.name is @NotBlank",
                "@RequestBody InDefault | InDefault.name is @NotNull",
                "@RequestBody Recursive | Recursive.name is @NotNull",
            })
    void constraintsAreFoundWhereverBeanValidationLooks(String body, String said) {
        Javac.Result result = compile(taking(body) + """
                class Base { @Size(max = 1) String name; }
                class Sub extends Base {}
                class Getter { @NotNull String getName() { return null; } }
                class Flag { @AssertTrue boolean isRight() { return true; } }
                interface Contract { @NotNull String getName(); }
                @Mine class Whole {}
                class Elements { List<@NotBlank String> names; }
                class Keys { Map<@NotBlank String, String> names; }
                class Several { @Pattern(regexp = "a") @Pattern(regexp = "b") String name; }
                class Composed { @Mine String name; }
                class Cascade { @Valid Order order; }
                class CascadeInList { List<@Valid Order> orders; }
                class CascadeThroughGetter { @Valid Order getOrder() { return null; } }
                class Wrapper<T> { @Valid T data; }
                class InDefault { @NotNull(groups = {Runnable.class, Default.class}) String name; }
                class Recursive { @Valid Recursive next; @NotNull String name; }
                @NotNull @Constraint(validatedBy = {}) RUNTIME@interface Mine {
                    String message() default "";
                    Class<?>[] groups() default {};
                    Class<? extends Payload>[] payload() default {};
                }
                """.replace("RUNTIME", RUNTIME));

        assertThat(result.findingsOf("UnvalidatedBody"))
                .singleElement()
                .asString()
                .startsWith("error UnvalidatedBody 13:");
        assertThat(result.messages()).anyMatch(each -> each.startsWith("[UnvalidatedBody]") && each.contains(said));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Valid @RequestBody Order",
                "@Validated @RequestBody Order",
                "@Validated(Runnable.class) @RequestBody Order",
                "@ValidOrder @RequestBody Order",
                "@Checked @RequestBody Order",
                "@Valid @RequestBody List<Order>",
                "@RequestBody List<@Valid Order>",
                "@RequestBody Map<String, List<@Valid Order>>",
                "Order",
                "@ModelAttribute Order",
                "org.springframework.http.HttpEntity<Order>",
                "@RequestBody String",
                "@RequestBody int",
                "@RequestBody List<String>",
                "@RequestBody Map<String, ?>",
                "@RequestBody Plain",
                "@RequestBody Group",
                "@RequestBody NotCascaded",
                "@RequestBody Static",
                "@RequestBody Method",
                "@RequestBody Entity",
                "@RequestBody List<Entity>",
                "@RequestBody Ring",
                "@RequestBody Unused<Order>",
                "@RequestBody Annotated",
            })
    void whatIsValidatedOrHasNoConstraintsPasses(String body) {
        assertThat(findings(taking(body) + """
                class Plain { String name; Order order; }
                class Group { @NotNull(groups = Runnable.class) String name; }
                class NotCascaded { List<Order> orders; Order getOrder() { return null; } }
                class Static { @NotNull static String name; @NotNull static String getName() { return name; } }
                class Method { @NotNull String name() { return ""; } @NotNull String getName(int i) { return ""; } }
                @jakarta.persistence.Entity class Entity { @NotNull String name; }
                class Ring { @Valid Ring next; @Valid List<Ring> all; }
                class Unused<T> { T data; }
                @Many({}) class Annotated { @Many({"a"}) String name; }
                RUNTIME@interface ValidOrder {}
                @Validated RUNTIME@interface Checked {}
                RUNTIME@interface Many { String[] value(); }
                """.replace("RUNTIME", RUNTIME))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class C implements Api { public void put(Order o) {} }"
                        + " interface Api { @PutMapping void put(@Valid @RequestBody Order o); }",
                "@RestController class C { @PutMapping void put(@RequestBody Order o, BindingResult errors) {} }",
                "@RestController class C { @PutMapping void put(@RequestBody Order o, Errors errors) {} }",
                "@RestController class C { @PatchMapping void put(@RequestBody Order o) {} }",
                "@RestController class C { @RequestMapping(method = {RequestMethod.PUT, RequestMethod.PATCH})"
                        + " void put(@RequestBody Order o) {} }",
                "@RestController class C { jakarta.validation.Validator v; @PutMapping void put(@RequestBody Order o) {} }",
                "@RestController class C { C(SmartValidator v) {} @PutMapping void put(@RequestBody Order o) {} }",
                "@RestController class C extends Base { @PutMapping void put(@RequestBody Order o) {} }"
                        + " class Base { ValidatorFactory f; }",
                "@RestController class C { Service s; @PutMapping void put(@RequestBody Order o) {} }"
                        + " class Service implements Saves {} interface Saves { default void save(int i, @Valid Order o) {} }",
                "class C { @PutMapping void put(@RequestBody Order o) {} }",
                "@RestController class C { void put(@RequestBody Order o) {} }",
                "@RestController class C extends Crud<String> {} "
                        + "abstract class Crud<T> { @PutMapping public void put(@RequestBody T t) {} }",
                "@RestController class C { @PutMapping <T> void put(@RequestBody T t) {} }",
            })
    void whoValidatesInAnotherWayIsLeftAlone(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@RestController class C implements Api { public void put(Order o) {} }"
                        + " interface Api { @PutMapping void put(@RequestBody Order o); } | 12:64",
                "@RestController class C extends Crud<Order> {} "
                        + "abstract class Crud<T> { @PutMapping public void put(@RequestBody T t) {} } | 12:17",
                "@Validated @RestController class C { @PutMapping void put(@RequestBody Order o) {} } | 12:78",
                "@RestController class C { Service s; int i; @PutMapping void put(@RequestBody Order o) {} }"
                        + " class Service { void save(Order o) {} void other(@Valid String s) {} } | 12:85",
                "@Controller class C { @PostMapping String put(@RequestBody Order o) { return null; } } | 12:66",
            })
    void whoDoesNotIsFound(String code, String place) {
        assertThat(findings(code)).containsExactly("error UnvalidatedBody " + place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@PostMapping | @PutMapping(\"/{id}/state\") | 14",
                "@PostMapping | @PutMapping(\"/state\") | 14",
                "@PostMapping | @PutMapping | 14, 15",
                "@PostMapping(\"/\") | @PutMapping(\"/{id:[a-z]{2}}/{no}\") | 14, 15",
                "@PostMapping(\"/orders\") | @PutMapping(\"/orders/{id}\") | 14, 15",
                "@PostMapping(\"/orders\") | @PutExchange(\"/state\") | 14, 15",
                "@PostExchange | @PutExchange(\"/state\") | 14",
            })
    void aHandlerWithAPathOfItsOwnMayNeedOnlyAPart(String whole, String part, String lines) {
        assertThat(findings("""
                @RestController @RequestMapping("/orders")
                class C {
                    WHOLE void whole(@RequestBody Order o) {}
                    PART void part(@RequestBody Order o) {}
                }
                """.replace("WHOLE", whole).replace("PART", part)).stream()
                        .map(each -> each.replaceAll(".* (\\d+):.*", "$1")))
                .containsExactly(lines.split(", "));
    }

    @Test
    void aBodyThatIsValidatedElsewhereMayBeAPart() {
        assertThat(findings("""
                @RestController
                class C {
                    @PostMapping("/orders") void whole(@Valid @RequestBody Order o) {}
                    @PutMapping("/orders/state") void part(@RequestBody Order o) {}
                    @PutMapping("/orders/all") void others(@RequestBody List<Order> o) {}
                    @PutMapping("/{id}") void again(@RequestBody Order o) {}
                }
                """)).containsExactly("error UnvalidatedBody 16:69", "error UnvalidatedBody 17:56");
    }

    @Test
    void theNamespaceOfOldCounts() {
        String constraint = """
                package javax.validation.constraints;
                @javax.validation.Constraint
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface NotNull {}
                """;
        String code = taking("@RequestBody Old")
                + taking("@javax.validation.Valid @RequestBody Old").replace(" C ", " D ")
                + "class Old { @javax.validation.constraints.NotNull String name; }";

        assertThat(findings(
                        code,
                        Stub.annotation("javax.validation.Constraint"),
                        Stub.annotation("javax.validation.Valid"),
                        constraint))
                .containsExactly("error UnvalidatedBody 13:39");
    }

    @Test
    void itIsSilentWhereSomethingIsUnknown() {
        assertThat(compile("""
                                @RestController class C extends Unknown { @PutMapping void put(@RequestBody Order o) {} }
                                @RestController class E { @PutMapping void put(@RequestBody Unknown o) {} }
                                @RestController class F { @PutMapping void put(@RequestBody G o) {} }
                                class G { @Unknown String name; Unknown other; @Valid Unknown third; }
                                """).findings())
                .noneMatch(each -> each.contains("UnvalidatedBody"))
                .noneMatch(each -> each.contains("Plimsoll"));
    }

    @Test
    void itIsSuppressedOnTheParameterOrAroundIt() {
        assertThat(findings("""
                class Outer {
                    @RestController static class C {
                        @PutMapping void put(@SuppressWarnings("plimsoll:UnvalidatedBody") @RequestBody Order o) {}
                    }
                    @SuppressWarnings("plimsoll:UnvalidatedBody") @RestController static class D {
                        @PutMapping void put(@RequestBody Order o) {}
                    }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"recommended, error", "strict, error", "adopt, warning"})
    void severityFollowsTheProfile(String profile, String kind) {
        assertThat(Javac.compile(List.of("-Aplimsoll.profile=" + profile), IMPORTS + taking("@RequestBody Order"))
                        .findingsOf("UnvalidatedBody"))
                .containsExactly(kind + " UnvalidatedBody 13:41");
    }
}
