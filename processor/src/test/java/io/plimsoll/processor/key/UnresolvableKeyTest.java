package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnresolvableKeyTest {

    @Test
    void aMisspeltPropertyIsShownAtTheExpression() {
        Javac.Result result = Javac.compile(Evaluated.MODEL + """
                class Service {
                    @Idempotent(ttl = "1h",
                            key = "#order.custmer.name")
                    void place(Order order) {}
                }
                """);

        assertThat(result.findings()).containsExactly("error UnresolvableKey 34:19");
        assertThat(result.messages())
                .containsExactly("[UnresolvableKey] key \"#order.custmer.name\": Order has no property custmer. Nobody"
                        + " could tell which calls are the same, and the method would not run. Fix: did you mean"
                        + " \"#order.customer.name\"? See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/UnresolvableKey.md\n"
                        + "      #order.custmer.name\n"
                        + "             ^^^^^^^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#ordr.id | #ordr | 0",
                "{#order.id, #ordr} | #ordr | 12",
                "#order.id.lenght() + 'x' | lenght | 10",
                "#order?.custmer?.name | custmer | 8",
                "#order['idd'] | [ | 6",
                "#n + true | + | 3",
                "{#order.id, #n * 2} | * | 15",
                "#n > 1 ? #order.idd : 'x' | idd | 16",
                "#order.id.concat(#ordr) | #ordr | 17",
                "{null, #n} | null | 1",
            })
    void theWrongPartIsPointedAtInTheExpression(String expression, String part, int column) {
        Javac.Result result = Javac.compile(
                Evaluated.source("Order order, Customer c, int n, Map<String, Integer> m | " + expression));

        List<String> lines = result.messages().get(0).lines().toList();
        assertThat(lines.subList(1, lines.size()))
                .containsExactly("      " + expression, "      " + " ".repeat(column) + "^".repeat(part.length()));
        assertThat(expression.substring(column)).startsWith(part);
    }

    @Test
    void whereTheParserStopsIsPointedAt() {
        assertThat(Javac.compile(Evaluated.source("Order order | {#order.id, ]}"))
                        .messages()
                        .get(0))
                .endsWith(".md\n      {#order.id, ]}\n                  ^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ordr", "null", "{#order.id", " #ordr "})
    void whatIsWrongAsAWholeIsNotShownTwice(String expression) {
        assertThat(Javac.compile(Evaluated.source("Order order | " + expression))
                        .messages()
                        .get(0))
                .doesNotContain("\n");
    }

    @Test
    void anExpressionOfSeveralLinesIsShownInOne() {
        assertThat(Javac.compile("""
                                package com.acme; class Service {
                                    @io.plimsoll.idempotency.Idempotent(key = \"\"\"
                                        {#a,
                                         #c}\"\"\") void place(String a) {}
                                }
                                """).messages().get(0)).endsWith("\n      {#a,  #c}\n            ^^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#ordr.id | has no parameter ordr. | did you mean \"#order.id\"?",
                "#oder?.id ?: 'x' | has no parameter oder. | did you mean \"#order?.id ?: 'x'\"?",
                "#zzz | has no parameter zzz. | one of #order, #c, #n, #m",
                "#order.id.lenght() | String has no method lenght(). | did you mean \"#order.id.length()\"?",
                "#order.id.length | String has no property length. | did you mean \"#order.id.length()\"?",
                "#order['idd'] | Order has no property idd. | did you mean \"id\"?",
                "order.id | order is a member of nothing. | did you mean \"#order.id\"?",
                "order | order is a member of nothing. | did you mean \"#order\"?",
                "other() | other() is a member of nothing. | \"#parameter.other()\"",
                "#order. | it does not parse: unexpectedly ran out of input at character 7, before \".\" | in SpEL syntax",
                "#{#order.id} | it does not parse | \"#order.id\", without #{ }",
                "${order.key} | it does not parse | a placeholder has no place here",
                "~ ~ | it is blank. | such as \"#order.id\"",
                "#result.id | #result does not exist yet | a parameter of the method, such as \"#order\"",
                "#root.args | #root does not exist | such as \"#order\"",
                "#p0.id | #p0 counts parameters | \"#order\"",
                "#a1.name | #a1 counts parameters | \"#c\"",
                "T(String) | T(String) refers to a type, which a key expression cannot. | a method of the parameter",
                "new String('a') | new String('a') creates an object | \"{#a, #b}\"",
                "@bean.id | @bean refers to a bean | a method",
                "#n = 1 | #n=1 assigns | == to compare",
                "#order.lines.![sku] | ![sku] walks through a collection | a method",
                "#order.lines.?[count > 1] | walks through a collection | a method",
                "#order.id matches 'a' | matches a regular expression | a method",
                "#order instanceof T(String) | asks for a class | a method",
                "#n between {1, 2} | uses between | >= and <=",
                "#n * 2 | (#n * 2) calculates | a method",
                "#n - 1 | (#n - 1) calculates | a method",
                "#n++ | #n++ calculates | a method",
                "-#n | -#n calculates | a method",
                "-'a' | -'a' calculates | a method",
                "{a: 1} | makes a map | a list",
                "#f(1) | #f(1) calls a function | a method",
                "#order.lines[#n] | #order.lines[#n] has an index that is computed | .get(#n)",
                "#order.tags.tenant | #order.tags is a Map and has no property tenant. | \"#order.tags['tenant']\"",
                "#order.tags[1] | looks for a Integer among keys of type String. | a literal of that type",
                "#order.id[0] | has an index, and #order.id is a String. | on a List, an array or a Map",
                "#order.id.charAt('a') | String has no method charAt that clearly takes (String). | one of charAt(int)",
                "#c.hidden | Customer.hidden is not public | make it public",
                "#c.sure | Customer has no property sure. | did you mean \"#c.sure()\"?",
                "#c.secret() | Customer.secret() is private | delete 'private'",
                "#c.call() | #c.call() throws IOException | no checked exception",
                "#c.nothing() | #c.nothing() returns nothing. | something that returns a value",
                "#c.util() | Customer has no method util() | Fix:",
                "#n.x | Integer has no property x | Fix:",
                "#n == 'a' | (#n == 'a') compares Integer with String, which are never equal. | two values of one type",
                "#order.money.currency == 'EUR' | never equal. | \"#order.money.currency.name()\"",
                "#c < #c | (#c < #c) compares Customer with Customer, which have no common order. | Comparable",
                "#c ? 1 : 2 | #c is a Customer, not a condition. | \"#c != null\"",
                "#n + true | (#n + true) adds Integer and boolean. | \"{#n, true}\"",
                "null | null is null, always. | \"#order.id\"",
                "{#a.b | it does not parse | SpEL",
            })
    void whatCannotBeIsNamedWithAWayOut(String expression, String what, String fix) {
        Javac.Result result = Javac.compile(
                Evaluated.source("Order order, Customer c, int n, Map<String, Integer> m | " + expression));

        assertThat(result.findings()).containsExactly("error UnresolvableKey 33:23");
        assertThat(result.messages().get(0)).contains(what).contains(fix == null ? "Fix:" : fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package com.acme; class Service { private record Secret(String id) {}"
                        + " @io.plimsoll.idempotency.Idempotent(key = \"#secret.id\") void place(Secret secret) {} }",
                "package com.acme; class Service { private record Secret(String id) {} record Open(Secret secret) {}"
                        + " @io.plimsoll.idempotency.Idempotent(key = \"#open.secret\") void place(Open open) {} }",
                "package com.acme; class Service { private record Secret(String id) {} record Open(Secret secret) {}"
                        + " @io.plimsoll.idempotency.Idempotent(key = \"#open.secret.id\") void place(Open open) {} }",
                "package com.acme; class Service { private record Secret(String id) {}"
                        + " @io.plimsoll.idempotency.Idempotent(key = \"#l.size()\")"
                        + " void place(java.util.List<? extends Secret[]> l) {} }",
            })
    void aPrivateTypeIsNamed(String code) {
        assertThat(Javac.compile(code).messages())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("[UnresolvableKey] key ")
                .contains(
                        "Secret, ",
                        " the type of #",
                        "is private, and the code of the key is a class of its own in package" + " com.acme. ",
                        "Fix: delete 'private'");
    }

    @Test
    void whatIsNotPublicElsewhereIsOutOfReach() {
        assertThat(Javac.compile(
                                "package com.other;\npublic class Base { String id() { return null; }"
                                        + " protected String getName() { return null; } }",
                                "package com.acme; class Service {"
                                        + " @io.plimsoll.idempotency.Idempotent(key = \"#b.id()\", scope = \"#b.name\")"
                                        + " void place(com.other.Base b) {} }")
                        .messages())
                .hasSize(2)
                .allMatch(message -> message.contains("is not public") && message.contains("make it public"));
    }

    @Test
    void anyMarkedAttributeIsCheckedAlsoThroughAnAlias() {
        assertThat(Javac.compile("""
                                package com.acme;
                                import io.plimsoll.companion.KeyExpression;
                                import io.plimsoll.idempotency.Idempotent;
                                import java.lang.annotation.*;
                                import org.springframework.core.annotation.AliasFor;
                                @Retention(RetentionPolicy.RUNTIME) @interface Own {
                                    @KeyExpression String per();
                                    @KeyExpression String or() default "";
                                }
                                @Idempotent @Retention(RetentionPolicy.RUNTIME) @interface ReliableWrite {
                                    @AliasFor(annotation = Idempotent.class) String key() default "#id";
                                }
                                class Service {
                                    @Own(per = "#x", or = "") void a(String id) {}
                                    @Own(per = "") void b(String id) {}
                                    @ReliableWrite void c(String id) {}
                                    @ReliableWrite void d(String other) {}
                                    @ReliableWrite(key = "#x") void e(String id) {}
                                }
                                """).findings())
                .containsExactly(
                        "error UnresolvableKey 14:16",
                        "error UnresolvableKey 15:16",
                        "error UnresolvableKey 17:5",
                        "error UnresolvableKey 18:26");
    }

    @Test
    void whatDoesNotExistIsTheCompilersBusiness() {
        assertThat(Javac.compile("package com.acme; class Service { Missing m;"
                                + " @io.plimsoll.idempotency.Idempotent(key = \"#m.id\") void a(Missing m) {}"
                                + " @io.plimsoll.idempotency.Idempotent(key = \"#s.m.id\") void b(Service s) {}"
                                + " @io.plimsoll.idempotency.Idempotent(key = Missing.KEY) void c(Service s) {} }")
                        .messages())
                .isNotEmpty()
                .noneMatch(message -> message.contains("Key]"));
    }

    @Test
    void itIsSuppressedByName() {
        assertThat(Javac.compile("package com.acme; class Service { @SuppressWarnings(\"plimsoll:UnresolvableKey\")"
                                + " @io.plimsoll.idempotency.Idempotent(key = \"#x\") void a() {} }")
                        .findings())
                .isEmpty();
    }

    @Test
    void whereTheRuleIsOffTheExpressionFailsWhenItIsEvaluated() throws Exception {
        Javac.Result result = Javac.compile(
                List.of("-Aplimsoll.rule.UnresolvableKey=off", "-Werror"), Evaluated.source("String a | #b\"'"));

        assertThat(result.findings()).isEmpty();
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> new Evaluated(result.load("com.acme.Service_Plimsoll")).value(0, "a"))
                .withMessageContaining("was not compiled");
    }
}
