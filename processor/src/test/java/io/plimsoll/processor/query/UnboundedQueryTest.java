package io.plimsoll.processor.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnboundedQueryTest {

    private static final String IMPORTS = """
            package com.acme;
            import static com.acme.Beans.*;
            import java.util.*;
            import org.springframework.data.domain.*;
            import org.springframework.data.jpa.domain.Specification;
            import org.springframework.data.jpa.repository.*;
            import org.springframework.web.bind.annotation.RestController;
            """;

    private static final String REST = """

                List<Order> findAll() { return null; }
            }
            class Beans {
                static OrderRepository repo;
                static Plain plain;
                static Specification<Order> spec;
                static Example<Order> example;
                static com.baomidou.mybatisplus.core.mapper.BaseMapper mapper;
                static com.baomidou.mybatisplus.extension.service.IService service;
            }
            class Order {}
            interface OrderRepository extends JpaRepository<Order, Long>, JpaSpecificationExecutor<Order> {
                List<Order> findAll(String name);
                List<Order> findByName(String name);
            }
            interface Plain { List<Order> findAll(); List<Order> list(); List<Order> selectList(Object o); }
            """;

    private static final String MAPPER = """
            package com.baomidou.mybatisplus.core.mapper;
            public interface BaseMapper { java.util.List<Object> selectList(Object o); }
            """;

    private static final String SERVICE = """
            package com.baomidou.mybatisplus.extension.service;
            public interface IService { java.util.List<Object> list(); java.util.List<Object> list(Object o); }
            """;

    private static Javac.Result compile(List<String> options, String source) {
        return Javac.compile(options, source, MAPPER, SERVICE);
    }

    private static List<String> findings(String declaration, String member) {
        return compile(List.of(), IMPORTS + declaration + "\n" + member + REST).findings();
    }

    @Test
    void aHandlerThatReadsATableIsShownAtTheCall() {
        Javac.Result result = compile(List.of(), IMPORTS + """
                @RestController
                class Orders {
                    List<Order> all() {
                        return repo.findAll();
                    }
                """ + REST);

        assertThat(result.findings()).containsExactly("warning UnboundedQuery 11:20");
        assertThat(result.messages())
                .containsExactly(
                        "[UnboundedQuery] Orders asks OrderRepository.findAll for everything there is, with no page"
                                + " and no limit. The answer grows with the table: one day a single request reads a million rows"
                                + " into memory. Fix: take a Pageable in the handler and call findAll(pageable). See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnboundedQuery.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Object x() { return repo«.findAll(); } | take a Pageable in the handler and call findAll(pageable)",
                "Object x() { return repo«.findAll(Sort.by(\"a\")); } | take a Pageable in the handler and call findAll(pageable)",
                "Object x() { return repo«.findAll(spec); } | take a Pageable in the handler and call findAll(pageable)",
                "Object x() { return repo«.findAll(spec, Sort.by(\"a\")); } | take a Pageable in the handler and call"
                        + " findAll(pageable)",
                "Object x() { return repo«.findAll(example); } | take a Pageable in the handler and call findAll(pageable)",
                "Object x() { return repo«.findAll().stream().limit(9); } | take a Pageable in the handler and call"
                        + " findAll(pageable)",
                "Object x() { return new Object() { Object y() { return repo«.findAll(); } }; } | take a Pageable in the"
                        + " handler and call findAll(pageable)",
                "Object x() { return mapper«.selectList(null); } | take page and size in the handler and call"
                        + " selectPage(new Page<>(page, size), null)",
                "Object x() { return service«.list(); } | take page and size in the handler and call page(new Page<>(page,"
                        + " size))",
            })
    void queriesForEverything(String member, String fix) {
        Javac.Result result =
                compile(List.of(), IMPORTS + "@RestController class Orders {\n" + member.replace("«", "") + REST);

        assertThat(result.findings()).containsExactly("warning UnboundedQuery 9:" + (member.indexOf('«') + 1));
        assertThat(result.messages().get(0)).contains("Fix: " + fix + ". See:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object x(Pageable page) { return repo.findAll(page); }",
                "Object x(Pageable page) { return repo.findAll(spec, page); }",
                "Object x() { return repo.findAll(\"a\"); }",
                "Object x() { return repo.findByName(\"a\"); }",
                "Object x() { return findAll(); }",
                "Object x() { return this.findAll(); }",
                "Object x() { return plain.findAll(); }",
                "Object x() { return plain.list(); }",
                "Object x() { return plain.selectList(null); }",
                "Object x() { return mapper.selectList(\"a\"); }",
                "Object x() { return service.list(\"a\"); }",
                "Object x() { return unknown.findAll(); }",
            })
    void queriesWithALimitAndOtherCallsPass(String member) {
        assertThat(findings("@RestController class Orders {", member))
                .noneMatch(finding -> finding.contains("UnboundedQuery"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"class Orders {", "@org.springframework.stereotype.Service class Orders {"})
    void otherClassesMayHaveTheirReasons(String declaration) {
        assertThat(findings(declaration, "Object x() { return repo.findAll(); }"))
                .isEmpty();
    }

    @Test
    void itIsSuppressedOnTheMethodOrTheClass() {
        assertThat(findings(
                        "@RestController class Orders {",
                        "@SuppressWarnings(\"plimsoll:UnboundedQuery\") Object x() { return repo.findAll(); }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning UnboundedQuery 8:56",
        "plimsoll.profile=adopt, warning UnboundedQuery 8:56",
        "plimsoll.rule.UnboundedQuery=error, error UnboundedQuery 8:56",
        "plimsoll.rule.UnboundedQuery=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(compile(
                                List.of("-A" + option),
                                IMPORTS + "@RestController class Orders { Object x() { return repo.findAll(); }" + REST)
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
