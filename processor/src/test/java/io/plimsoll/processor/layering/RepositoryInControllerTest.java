package io.plimsoll.processor.layering;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Stub;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryInControllerTest {

    private static final String IMPORTS = """
            package com.acme;
            import java.util.*;
            import org.springframework.beans.factory.*;
            import org.springframework.beans.factory.annotation.*;
            import org.springframework.jdbc.core.*;
            import org.springframework.jdbc.core.simple.*;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            interface Orders extends org.springframework.data.repository.CrudRepository<String, Long> {}
            """;

    private static List<String> findings(List<String> options, String... sources) {
        return Javac.compile(options, sources).findingsOf("RepositoryInController");
    }

    private static List<String> findings(String code) {
        return findings(List.of(), IMPORTS + code);
    }

    @Test
    void aRepositoryIsShownAtItsField() {
        Javac.Result result = Javac.compile(IMPORTS + """
                @RestController
                class OrderController {
                    private final Orders orders;
                    OrderController(Orders orders) { this.orders = orders; }
                }
                """);

        assertThat(result.findings()).containsExactly("warning RepositoryInController 12:26");
        assertThat(result.messages())
                .containsExactly(
                        "[RepositoryInController] The controller OrderController goes to the database by itself,"
                                + " through Orders. What it does there has no transaction around it, and nothing but a web"
                                + " request can use it. Fix: a @Service that holds Orders, and in OrderController that service."
                                + " See: https://github.com/plimsoll/plimsoll/blob/main/docs/rules/RepositoryInController.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@Controller class C { Orders held; } | 30",
                "@Web class C { Orders held; } @RestController @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) @interface Web {} | 23",
                "@Controller abstract class C { Orders held; } | 39",
                "@Controller record C(Orders held) {} | 29",
                "@Controller class C { jakarta.persistence.EntityManager held; } | 57",
                "@Controller class C { JdbcTemplate held; } | 36",
                "@Controller class C { JdbcClient held; } | 34",
                "@Controller class C { Dao held; } @Repository class Dao {} | 27",
                "@Controller class C { Optional<Orders> held; } | 40",
                "@Controller class C { ObjectProvider<Orders> held; } | 46",
                "@Controller class C { Map<String, List<? extends Orders>> held; } | 59",
                "@Controller class C { Orders[] held; } | 32",
                "@Controller class C { C(Orders held) {} } | 32",
                "@Controller class C { @Autowired void take(String a, Orders held) {} } | 61",
                "@Controller class C extends Base { C(Orders held) { super(held); } }"
                        + " class Base { Base(Object o) {} } | 45",
                "class Outer { @Controller static class C { Orders held; } } | 51",
            })
    void eachWayToHoldOneIsFound(String code, int column) {
        assertThat(findings(code)).containsExactly("warning RepositoryInController 10:" + column);
    }

    @Test
    void aMapperOfMyBatisAndAnEntityManagerOfOldCount() {
        assertThat(findings(
                        List.of(),
                        Stub.annotation("org.apache.ibatis.annotations.Mapper"),
                        Stub.type("javax.persistence.EntityManager"),
                        IMPORTS + """
                                @Controller
                                class C {
                                    OrderMapper mapper;
                                    javax.persistence.EntityManager manager;
                                }
                                @org.apache.ibatis.annotations.Mapper interface OrderMapper {}
                                """))
                .containsExactly("warning RepositoryInController 12:17", "warning RepositoryInController 13:37");
    }

    @Test
    void eachDependencyIsToldOnce() {
        assertThat(findings("""
                @Controller
                class C {
                    private Orders orders;
                    private Dao dao;
                    C(Orders orders, Dao dao) {}
                    C(Orders orders, Dao dao, JdbcTemplate jdbc) {}
                    @Autowired void setJdbc(JdbcTemplate jdbc) {}
                }
                @Repository class Dao {}
                """))
                .containsExactly(
                        "warning RepositoryInController 12:20",
                        "warning RepositoryInController 13:17",
                        "warning RepositoryInController 15:44");
    }

    @Test
    void whatAControllerAboveHoldsIsToldThere() {
        assertThat(findings("""
                @Controller
                class C extends Base { C(Orders orders, Dao dao) { super(orders); } }
                @Controller
                abstract class Base {
                    private final Orders orders;
                    Base(Orders orders) { this.orders = orders; }
                }
                @Repository class Dao {}
                """))
                .containsExactly("warning RepositoryInController 11:45", "warning RepositoryInController 14:26");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Service class S { Orders orders; S(Orders orders) {} }",
                "class S { Orders orders; }",
                "@Controller class C { S service; C(S service) {} } @Service class S {}",
                "@Controller class C { void take(Orders notInjected) {} Orders result() { return null; } }",
                "@Controller class C { Class<Orders> type; }",
                "@Controller interface C { Orders ORDERS = null; }",
                "@ControllerAdvice class C { Orders orders; }",
                "@Component class RepositoryRestController { Orders orders; }",
                "@Controller class C<T extends Orders> { T held; String text; int number; }",
            })
    void nothingElseIs(String code) {
        assertThat(findings(code)).isEmpty();
    }

    @Test
    void itIsSuppressedOnTheFieldOrTheClass() {
        assertThat(findings("""
                @Controller
                class C {
                    @SuppressWarnings("plimsoll:RepositoryInController")
                    Orders orders;
                    @SuppressWarnings("plimsoll:RepositoryInController")
                    @Controller
                    static class D { Orders orders; }
                }
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"recommended, warning", "strict, error", "adopt, warning"})
    void severityFollowsTheProfile(String profile, String kind) {
        assertThat(findings(List.of("-Aplimsoll.profile=" + profile), IMPORTS + "@Controller class C { Orders held; }"))
                .containsExactly(kind + " RepositoryInController 10:30");
    }
}
