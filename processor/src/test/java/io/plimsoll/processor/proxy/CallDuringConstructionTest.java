package io.plimsoll.processor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Marked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallDuringConstructionTest {

    private static final String RULE = "warning CallDuringConstruction";

    private static final String IMPORTS = """
            package com.acme;
            import io.plimsoll.timeout.*;
            import org.springframework.aop.framework.AopContext;
            import org.springframework.beans.factory.*;
            """;

    private static final String REST = """

                @Timeout("2s") void warmUp() {}
                void plain() {}
            }
            """;

    private static final String ANNOTATION = "package javax.annotation; @java.lang.annotation.Retention("
            + "java.lang.annotation.RetentionPolicy.RUNTIME)\npublic @interface PostConstruct {}";

    private static Javac.Result compile(String source) {
        String all = source.startsWith(IMPORTS) ? source : IMPORTS + source;
        return Javac.compile(all, ANNOTATION, ANNOTATION.replace("javax", "jakarta"));
    }

    private static void assertMarked(String source) {
        Marked marked = Marked.of(IMPORTS + source);
        assertThat(marked.places()).isNotEmpty();
        assertThat(compile(marked.source()).findings()).isEqualTo(marked.findings(RULE));
    }

    @Test
    void aCallIsShownAtTheNameOfItsMethod() {
        Javac.Result result = compile("""
                class Orders {
                    Orders(ObjectProvider<Orders> self) {
                        self.getObject().warmUp();
                    }
                """ + REST);

        assertThat(result.findings()).containsExactly(RULE + " 7:25");
        assertThat(result.messages())
                .containsExactly("[CallDuringConstruction] This call to Orders.warmUp comes before Orders has the proxy"
                        + " that keeps its @Timeout. The proxy is made when the bean is complete: until then a reference"
                        + " to itself leads past it, or stops the start-up because the bean is still being created. Fix:"
                        + " move the call to a method with @EventListener(ApplicationReadyEvent.class). See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/CallDuringConstruction.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orders(Orders self) { self^.warmUp(); }",
                "Orders self; @jakarta.annotation.PostConstruct void init() { self^.warmUp(); }",
                "Orders self; @javax.annotation.PostConstruct void init() { this.self^.warmUp(); }",
                "@jakarta.annotation.PostConstruct void init() { ((Orders) AopContext.currentProxy())^.warmUp(); }",
                "@jakarta.annotation.PostConstruct void init() { if (true) { try { self()^.warmUp(); } finally { } } }",
                "BeanFactory f; @jakarta.annotation.PostConstruct void init() { f.getBean(Orders.class)^.warmUp(); }",
                "Orders self; { self^.warmUp(); }",
                "Orders self; Object o = self^.timed();",
                "Orders self; @Init void init() { self^.warmUp(); } @jakarta.annotation.PostConstruct"
                        + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                        + " @interface Init {}",
                "Orders self; @jakarta.annotation.PostConstruct void init() { self^.inherited(); }",
            })
    void everyWayToOneselfBeforeTheBeanIsComplete(String member) {
        assertMarked("class Orders extends Base { " + member
                + " Orders self() { return null; } @Timeout(\"1s\") Object timed() { return 1; }" + REST
                + "class Base { @Timeout(\"1s\") void inherited() {} }");
    }

    @Test
    void afterPropertiesSetIsPartOfTheConstruction() {
        assertMarked("class Orders implements InitializingBean { Orders self;"
                + " @Override public void afterPropertiesSet() { self^.warmUp(); }" + REST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orders self; void later() { self.warmUp(); }",
                "Orders self; @Timeout(\"1s\") void later() { self.warmUp(); }",
                "Orders self; public void afterPropertiesSet() { self.warmUp(); }",
                "Orders self; @jakarta.annotation.PostConstruct void init() { self.plain(); }",
                "Orders self; @jakarta.annotation.PostConstruct void init(int i) { self.warmUp(); }",
                "Orders(Other other) { other.warmUp(); }",
                "Orders(Api api) { api.warmUp(); }",
                "Orders() { new Orders().warmUp(); }",
                "Orders(Orders self, java.util.concurrent.Executor e) { e.execute(() -> self.warmUp()); }",
                "Orders(Orders self) { new Thread() { @Override public void run() { self.warmUp(); } }; }",
                "static Orders self; static { self.warmUp(); } static Object o = self.timed();",
                "Orders(Orders self) { class Local { { self.warmUp(); } } }",
                "Orders(Orders self) { Missing.m(self).warmUp(); missing(); self.missing(); }",
            })
    void afterwardsOrOnAnotherBeanItPasses(String member) {
        assertThat(compile("class Orders { " + member + " @Timeout(\"1s\") Object timed() { return 1; }"
                                + REST + "class Other { @Timeout(\"1s\") void warmUp() {} }"
                                + " interface Api { @Timeout(\"1s\") void warmUp(); }")
                        .findings())
                .noneMatch(finding -> finding.contains("CallDuringConstruction"));
    }

    @Test
    void aCallOnThisIsSelfInvocationsBusinessEverywhere() {
        assertThat(compile("class Orders { Orders() { warmUp(); this.warmUp(); }"
                                + " @jakarta.annotation.PostConstruct void init() { Orders.this.warmUp(); }" + REST)
                        .findings())
                .hasSize(3)
                .allMatch(finding -> finding.startsWith("error SelfInvocation"));
    }

    @Test
    void aMethodThatNoProxyOverridesIsAnotherRulesBusiness() {
        assertThat(compile("class Orders { Orders(Orders o) { o.x(); } @Timeout(\"1s\") private void x() {}" + REST)
                        .findings())
                .containsExactly("error UnproxyableMethod 5:44");
    }

    @Test
    void itIsSuppressedOnTheConstructorOrTheClass() {
        assertThat(compile("""
                class Orders {
                    @SuppressWarnings("plimsoll:CallDuringConstruction")
                    Orders(Orders self) { self.warmUp(); }
                    @SuppressWarnings("plimsoll:CallDuringConstruction")
                    static class Inner { Inner(Inner self) { self.x(); } @Timeout("1s") void x() {} }
                """ + REST).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning",
        "plimsoll.profile=adopt, warning",
        "plimsoll.rule.CallDuringConstruction=error, error",
        "plimsoll.rule.CallDuringConstruction=off, ",
    })
    void severityFollowsTheBuild(String option, String severity) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "class Orders { Orders(Orders self) { self.warmUp(); }" + REST)
                        .findings())
                .isEqualTo(severity == null ? List.of() : List.of(severity + " CallDuringConstruction 5:42"));
    }
}
