package io.plimsoll.processor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Stub;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityInApiTest {

    private static final String IMPORTS = """
            package com.acme;
            import jakarta.persistence.*;
            import java.util.*;
            import java.util.concurrent.*;
            import org.springframework.data.domain.*;
            import org.springframework.http.*;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            @Entity class Order { @Id Long id; }
            """;

    private static List<String> findings(String code) {
        return Javac.compile(IMPORTS + code).findingsOf("EntityInApi");
    }

    @Test
    void anEntityIsShownAtTheParameterAndAtTheMethodThatAnswersWithIt() {
        Javac.Result result = Javac.compile(List.of("-Aplimsoll.rule.MissingTimeout=off"), IMPORTS + """
                @RestController
                class Orders {
                    @PutMapping("/orders")
                    Order save(@RequestBody Order order) { return order; }
                }
                """);

        assertThat(result.findings()).containsExactly("warning EntityInApi 13:11", "warning EntityInApi 13:35");
        assertThat(result.messages())
                .containsExactly(
                        "[EntityInApi] Orders.save answers with the entity Order. Every new column goes out to clients,"
                                + " relations are loaded one by one while the answer is written, and the table cannot"
                                + " change without breaking clients. Fix: a record of what a client needs, instead of"
                                + " Order. See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/EntityInApi.md",
                        "[EntityInApi] Orders.save reads the entity Order from the request. A client sets whatever"
                                + " column it names, the owner and the id among them, and the table cannot change"
                                + " without breaking clients. Fix: a record of what a client may say, instead of Order."
                                + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/EntityInApi.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order",
                "Order[]",
                "List<Order>",
                "List<? extends Order>",
                "Page<Order>",
                "Optional<Order>",
                "Map<String, Order>",
                "CompletableFuture<List<Order>>",
                "ResponseEntity<Order>",
                "HttpEntity<List<Order>>",
                "ResponseEntity<Result<Order>>",
                "reactor.core.publisher.Mono<Order>",
                "reactor.core.publisher.Flux<Order>",
                "Base",
            })
    void aResultIsLookedInto(String type) {
        assertThat(findings("class Result<T> { T data; } @MappedSuperclass class Base {}\n"
                        + "@RestController class C { @GetMapping(\"/\") public\n" + type
                        + "\nfind() { return null; } }"))
                .containsExactly("warning EntityInApi 13:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@RestController class C { @PutMapping void put(@RequestBody Order o) {} } | 67",
                "@RestController class C { @PutMapping void put(@RequestBody List<Order> o) {} } | 73",
                "@RestController class C { @PutMapping void put(@RequestPart Order o) {} } | 67",
                "@RestController class C { @PutMapping void put(RequestEntity<Order> o) {} } | 69",
                "@RestController class C { @PutMapping void put(@ModelAttribute Order o) {} } | 70",
                "@RestController class C { @PutMapping void put(@jakarta.validation.Valid Order o) {} } | 80",
                "@RestController class C { @PutMapping void put(Order o) {} } | 54",
                "@Controller class C { @PutMapping String put(@RequestBody Order o) { return null; } } | 65",
                "@Controller class C { @GetMapping @ResponseBody Order get() { return null; } } | 55",
                "@Controller class C { @GetMapping ResponseEntity<Order> get() { return null; } } | 57",
                "@Controller @ResponseBody class C { @GetMapping Order get() { return null; } } | 55",
                "@Controller class C implements Api { public Order get() { return null; } }"
                        + " interface Api { @GetMapping @ResponseBody Order get(); } | 51",
                "@RestController class C implements Api { public void put(Order o) {} }"
                        + " interface Api { @PutMapping void put(@RequestBody Order o); } | 64",
            })
    void allThatIsReadOrGivenOutIsFound(String code, int column) {
        assertThat(findings(code)).containsExactly("warning EntityInApi 10:" + column);
    }

    @Test
    void whatAControllerInheritsIsToldOnIt() {
        assertThat(findings("""
                abstract class Crud<T> {
                    @GetMapping public T find() { return null; }
                    @PutMapping public void save(@RequestBody T body) {}
                }
                @RestController class C extends Crud<Order> {}
                @RestController class D extends Crud<String> {}
                """)).containsExactly("warning EntityInApi 14:17", "warning EntityInApi 14:17");
    }

    @Test
    void entitiesOfOldCount() {
        assertThat(Javac.compile(
                                Stub.annotation("javax.persistence.Entity"),
                                IMPORTS + "@javax.persistence.Entity class Old {}\n"
                                        + "@RestController class C { @GetMapping Old get() { return null; } }")
                        .findingsOf("EntityInApi"))
                .containsExactly("warning EntityInApi 11:43");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@RestController class C { @GetMapping String get(Long id) { return null; } }",
                "@RestController class C { @GetMapping Class<Order> get() { return null; } }",
                "@RestController class C { @GetMapping ResponseEntity<?> get() { return null; } }",
                "@RestController class C { @GetMapping int get() { return 1; } Order helper(Order o) { return o; } }",
                "@RestController class C { @GetMapping String get(@PathVariable(\"id\") Order o) { return null; } }",
                "@RestController class C { @GetMapping String get(@RequestParam(\"id\") Order o) { return null; } }",
                "@RestController class C { @GetMapping String get(@Me Order o) { return null; } } @interface Me {}",
                "@RestController class C { @GetMapping String get(Spec<Order> o) { return null; } } interface Spec<T> {}",
                "@RestController class C { @GetMapping String get(User u) { return null; } }"
                        + " @Entity class User implements java.security.Principal { public String getName() { return null; } }",
                "@Controller class C { @PostMapping String post(@ModelAttribute Order o) { return \"view\"; } }",
                "@Controller class C { @PostMapping String post(Order o) { return \"view\"; } }",
                "@Controller class C { @ModelAttribute Order find() { return null; } }",
                "@Controller class C { @GetMapping Order model() { return null; } }",
                "@RestController class C { @GetMapping Money get() { return null; } } @Embeddable class Money {}",
                "@RestController class C { @GetMapping Dto get() { return null; } } class Dto { Order order; }",
                "class C { @GetMapping Order get() { return null; } }",
                "@RestController abstract class C { @GetMapping Order get() { return null; } }",
            })
    void nothingElseIs(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @Test
    void aViewIsNoBodyWhateverTheClassSays() {
        assertThat(Javac.compile(
                                "package org.springframework.web.servlet;\npublic class ModelAndView {}\n",
                                IMPORTS + "@RestController class C { @PostMapping"
                                        + " org.springframework.web.servlet.ModelAndView show(Order o) { return null; } }")
                        .findingsOf("EntityInApi"))
                .isEmpty();
    }

    @Test
    void itIsSilentWhereASupertypeIsUnknown() {
        assertThat(Javac.compile(
                                IMPORTS
                                        + "@RestController class C extends Unknown { @GetMapping Order get() { return null; } }")
                        .findings())
                .noneMatch(each -> each.contains("EntityInApi"));
    }

    @Test
    void itIsSuppressedOnTheElementOrTheClass() {
        assertThat(findings("""
                class Outer {
                    @RestController static class C {
                        @SuppressWarnings("plimsoll:EntityInApi") @GetMapping Order get(Order o) { return null; }
                    }
                    @SuppressWarnings("plimsoll:EntityInApi") @RestController static class D {
                        @GetMapping void get(Order o) {}
                    }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommended", "strict", "adopt"})
    void itIsAWarningInEveryProfile(String profile) {
        assertThat(Javac.compile(
                                List.of("-Aplimsoll.profile=" + profile),
                                IMPORTS + "@RestController class C { @GetMapping Order get() { return null; } }")
                        .findingsOf("EntityInApi"))
                .containsExactly("warning EntityInApi 10:45");
    }
}
