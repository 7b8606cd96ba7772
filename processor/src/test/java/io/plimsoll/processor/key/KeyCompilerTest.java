package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.companion.NullValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyCompilerTest {

    @Test
    void theCodeIsAChainOfPlainCalls() throws Exception {
        String source = Evaluated.compile(List.of("-Werror"), "long n, Order order | #order.customer.name")
                .compilation()
                .generatedSourceFile("com.acme.Service_Plimsoll")
                .orElseThrow()
                .getCharContent(false)
                .toString();

        assertThat(source)
                .contains(
                        "arguments -> Expressions.nonNull(Expressions.nonNull(Expressions.nonNull((Order) arguments[1],"
                                + " \"#order\").customer(), \"#order.customer\").getName(), \"#order.customer.name\"),\n")
                .contains("null,\n")
                .contains("CompiledDuration.ofNanos(86400000000000L),\n", "Mode.AUTO,\n", "OnDuplicate.REJECT,\n");
    }

    @Test
    void valuesOfAllStableTypesComeOutAsTheyAre() {
        Evaluated it = Evaluated.of(
                "String s | #s",
                "char c | #c",
                "boolean b, long l | #l",
                "Integer i | #i",
                "BigInteger i | #i",
                "UUID id | #id",
                "Thread.State state | #state",
                "LocalDate day | #day",
                "List<String> ids | #ids",
                "String[] ids | #ids[1]",
                "long... ids | #ids[0]",
                "Map<String, Integer> m | #m['a']",
                "Map<Long, ? extends Number> m | #m[1L].longValue()");
        UUID id = UUID.randomUUID();

        assertThat(it.value(0, "a")).isEqualTo("a");
        assertThat(it.value(1, 'x')).isEqualTo('x');
        assertThat(it.value(2, true, 7L)).isEqualTo(7L);
        assertThat(it.value(3, 8)).isEqualTo(8);
        assertThat(it.value(4, BigInteger.TEN)).isEqualTo(BigInteger.TEN);
        assertThat(it.value(5, id)).isEqualTo(id);
        assertThat(it.value(6, Thread.State.NEW)).isEqualTo(Thread.State.NEW);
        assertThat(it.value(7, LocalDate.EPOCH)).isEqualTo(LocalDate.EPOCH);
        assertThat(it.value(8, List.of("a", "b"))).isEqualTo(List.of("a", "b"));
        assertThat(it.value(9, (Object) new String[] {"a", "b"})).isEqualTo("b");
        assertThat(it.value(10, (Object) new long[] {5})).isEqualTo(5L);
        assertThat(it.value(11, Map.of("a", 1))).isEqualTo(1);
        assertThat(it.value(12, Map.of(1L, 3))).isEqualTo(3L);
    }

    @Test
    void aNegativeNumberIsALiteral() {
        Evaluated it = Evaluated.of(
                "int n | #n > -1",
                "int n | {-1, #n, -2L}",
                "Integer n | #n ?: -1",
                "boolean b, Long n | #b ? -1 : #n",
                "int n | #n + -1",
                "int n | #n + - 1 == -3",
                "String s | #s + -1",
                "String s | #s.substring(0, -1 + 2)",
                "double d, int n | #n > 0 and #d > -1.5");

        assertThat(it.value(0, 0)).isEqualTo(true);
        assertThat(it.value(0, -1)).isEqualTo(false);
        assertThat(it.value(1, 7)).isEqualTo(List.of(-1, 7, -2L));
        assertThat(it.value(2, (Object) null)).isEqualTo(-1);
        assertThat(it.value(3, true, 5L)).isEqualTo(-1);
        assertThat(it.value(3, false, 5L)).isEqualTo(5L);
        assertThat(it.value(4, 5)).isEqualTo(4);
        assertThat(it.value(5, -2)).isEqualTo(true);
        assertThat(it.value(6, "a")).isEqualTo("a-1");
        assertThat(it.value(7, "abc")).isEqualTo("a");
        assertThat(it.value(8, -1.0, 1)).isEqualTo(true);
    }

    @Test
    void theAlternativeThatIsALiteralNeedsNoLambda() throws Exception {
        assertThat(Evaluated.compile(List.of(), "Integer n | #n ?: -1")
                        .compilation()
                        .generatedSourceFile("com.acme.Service_Plimsoll")
                        .orElseThrow()
                        .getCharContent(false)
                        .toString())
                .contains("Expressions.orElse((Integer) arguments[0], -1)");
    }

    @Test
    void operatorsMeanWhatTheyMeanInSpel() {
        Evaluated it = Evaluated.of(
                "int a, long b | #a + #b",
                "int a, String b | 'x-' + #a + ':' + #b",
                "String a, String b | #a ?: #b",
                "Long a | #a ?: 0",
                "String a | #a == null ? 'none' : #a",
                "int a, Long b | #a == #b ? 'same' : #a < #b ? 'less' : 'more'",
                "boolean a, Boolean b | #a and not #b or false",
                "BigDecimal a, double b | #a >= #b",
                "LocalDate a, LocalDate b | #a lt #b",
                "Thread.State s | 's' + #s",
                "Long a, Long b | #a == #b",
                "Long a, int b | #a != null ? #a : #b",
                "Long a | #a == null ? null : 1",
                "BigInteger a, BigInteger b | #a + #b",
                "String a | {#a, 'x', {1, true}}",
                "Long a, String b | #a ?: (#b ?: 'none')",
                "Object o, String s | #o == #s");

        assertThat(it.value(0, 1, 2L)).isEqualTo(3L);
        assertThat(it.value(1, 1, "b")).isEqualTo("x-1:b");
        assertThat(it.value(2, null, "b")).isEqualTo("b");
        assertThat(it.value(2, "", "b")).isEqualTo("b");
        assertThat(it.value(2, "a", null)).isEqualTo("a");
        assertThat(it.value(3, (Object) null)).isEqualTo(0);
        assertThat(it.value(3, 5L)).isEqualTo(5L);
        assertThat(it.value(4, (Object) null)).isEqualTo("none");
        assertThat(it.value(4, "")).isEqualTo("");
        assertThat(it.value(5, 1, 1L)).isEqualTo("same");
        assertThat(it.value(5, 1, 2L)).isEqualTo("less");
        assertThat(it.value(6, true, false)).isEqualTo(true);
        assertThat(it.value(6, true, true)).isEqualTo(false);
        assertThat(it.value(7, new BigDecimal("2.50"), 2.5)).isEqualTo(true);
        assertThat(it.value(8, LocalDate.MIN, LocalDate.MAX)).isEqualTo(true);
        assertThat(it.value(9, Thread.State.NEW)).isEqualTo("sNEW");
        assertThat(it.value(10, 1000L, 1000L)).isEqualTo(true);
        assertThat(it.value(10, null, 1000L)).isEqualTo(false);
        assertThat(it.value(11, null, 3)).isEqualTo(3);
        assertThat(it.value(11, 4L, 3)).isEqualTo(4L);
        assertThat(it.value(12, 4L)).isEqualTo(1);
        assertThat(it.value(13, BigInteger.ONE, BigInteger.TEN)).isEqualTo(new BigInteger("11"));
        assertThat(it.value(14, "a")).isEqualTo(List.of("a", "x", List.of(1, true)));
        assertThat(it.value(15, null, null)).isEqualTo("none");
        assertThat(it.value(16, "a", "a")).isEqualTo(true);
    }

    @Test
    void membersAreFoundAsInSpel() {
        Evaluated it = Evaluated.of(
                "Customer c | {#c.name, #c.number, #c.vip, #c.old}",
                "Customer c | {#c.of('a'), #c.of(1), #c.of(#c), #c.of('a', 'b'), #c.getName().length()}",
                "Named<String> n | {#n.name(), #n.value(), #n.both()}",
                "<T extends Named<Long>> T n | #n.value() + 1",
                "Holder<? extends Named<String>> h | {#h.held.name(), #h.all[0].name()}",
                "Pair<String, List<Long>> p | {#p.a, #p.b[0], #p}",
                "E e, Optional<String> o | #o.orElse('none') + #e.toString()",
                "Map<String, Order> m | #m[x]?.id ?: 'none'",
                "List<?> l, String s | #l.size() + #s",
                "Object o | #o.hashCode()",
                "Customer c | #c['name']",
                "Map<? super E, ? super String> m, Comparator<? super E> c | #m.size()",
                "@org.jspecify.annotations.Nullable String a, String b | #a == null ? #b : #a",
                "boolean b, List<@org.jspecify.annotations.Nullable String> a | #b ? #a : #a",
                "boolean b, Thread.State s | #b ? null : #s",
                "boolean b, String s | #b ? {1, #s} : 'none'");
        Object c = it.create("Customer", "Ann", null, 7L);

        assertThat(it.value(0, c)).isEqualTo(List.of("Ann", 7L, true, "old"));
        assertThat(it.value(1, c)).isEqualTo(List.of("text", "long", "object", "texts", 3));
        assertThat(it.value(5, it.create("Pair", "a", List.of(8L))))
                .isEqualTo(List.of("a", 8L, List.of("a", List.of(8L))));
        assertThat(it.value(6, 1, Optional.empty())).isEqualTo("none1");
        assertThat(it.value(7, Map.of())).isEqualTo("none");
        assertThat(it.value(8, List.of(1, 2), "x")).isEqualTo("2x");
        assertThat(it.value(9, 5)).isEqualTo(5);
        assertThat(it.value(10, c)).isEqualTo("Ann");
        assertThat(it.value(11, Map.of(), null)).isEqualTo(0);
        assertThat(it.value(12, null, "b")).isEqualTo("b");
        assertThat(it.value(13, false, List.of("a"))).isEqualTo(List.of("a"));
        assertThat(it.value(14, false, Thread.State.NEW)).isEqualTo(Thread.State.NEW);
        assertThat(it.value(15, true, "a")).isEqualTo(List.of(1, "a"));
        assertThat(it.value(15, false, "a")).isEqualTo("none");
    }

    @Test
    void whatIsNullIsNamed() {
        Evaluated it = Evaluated.of(
                "String a | #a",
                "String a, String b | 'o' + #a + #b",
                "List<String> l | #l",
                "List<String> l | #l[3]",
                "String a, String b | {#a, {#b}}",
                "Map<String, String> m | #m['k'].length()",
                "String a, Optional<String> o | #o?.orElse(#a)",
                "List<String> l | #l?.get(0).trim().length()",
                "Boolean b | #b ? 1 : 2",
                "Long a, Long b | #a < #b",
                "String a | #a?.trim()?.length() ?: 0");

        assertNull(() -> it.value(0, (Object) null), "#a");
        assertNull(() -> it.value(1, "a", null), "#b");
        assertNull(() -> it.value(2, Arrays.asList("a", null)), "#l[1]");
        assertNull(() -> it.value(3, List.of("a")), "#l[3]");
        assertNull(() -> it.value(4, "a", null), "#b");
        assertNull(() -> it.value(5, Map.of()), "#m['k']");
        assertNull(() -> it.value(6, "x", null), "#o?.orElse(#a)");
        assertNull(() -> it.value(6, null, Optional.empty()), "#a");
        assertNull(() -> it.value(7, (Object) null), "#l?.get(0).trim().length()");
        assertNull(() -> it.value(7, Arrays.asList((Object) null)), "#l?.get(0)");
        assertNull(() -> it.value(8, (Object) null), "#b");
        assertNull(() -> it.value(9, 1L, null), "#b");
        assertThat(it.value(10, (Object) null)).isEqualTo(0);
        assertThat(it.value(10, "abc ")).isEqualTo(3);
    }

    private static void assertNull(Runnable evaluation, String source) {
        assertThatExceptionOfType(NullValueException.class)
                .isThrownBy(evaluation::run)
                .satisfies(e -> assertThat(e.expression()).isEqualTo(source));
    }

    @Test
    void recordsBecomeListsOfTheirComponents() {
        Evaluated it = Evaluated.of("Key key | #key", "List<Money> all | #all", "List<List<Line>> all | #all");
        Object usd = it.load("Currency2").getEnumConstants()[1];
        Object price = it.create("Money", 5L, usd);
        Object line = it.create("Line", "sku", 2);
        UUID id = UUID.randomUUID();
        Object key = it.create("Key", id, price, new ArrayList<>(List.of(line, line)));
        Object hole = it.create("Money", 5L, null);

        assertThat(it.value(0, key))
                .isEqualTo(List.of(id, List.of(5L, usd), List.of(List.of("sku", 2), List.of("sku", 2))));
        assertThat(it.value(1, List.of(price))).isEqualTo(List.of(List.of(5L, usd)));
        assertThat(it.value(2, List.of(List.of(line)))).isEqualTo(List.of(List.of(List.of("sku", 2))));
        assertNull(() -> it.value(1, List.of(hole)), "#all[].currency");
    }
}
