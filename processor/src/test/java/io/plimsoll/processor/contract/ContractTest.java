package io.plimsoll.processor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final String HEAD = """
            package com.acme;
            import com.fasterxml.jackson.annotation.*;
            import io.plimsoll.outbox.*;
            import java.math.*;
            import java.time.*;
            import java.util.*;
            import org.jspecify.annotations.Nullable;
            """;

    private static List<String> contracts(String code) {
        Javac.Result result =
                Javac.compile(HEAD + code, jackson("JsonProperty", "String value();"), jackson("JsonIgnore", ""));
        assertThat(result.findings()).isEmpty();
        List<String> found = new ArrayList<>();
        for (JavaFileObject file : result.compilation().generatedFiles()) {
            if (file.getName().startsWith("/SOURCE_OUTPUT/META-INF/plimsoll/contracts/")) {
                found.add(Javac.text(file));
            }
        }
        return found;
    }

    /** As Jackson has it: not on the component of a record, but on all that is made of one. */
    private static String jackson(String name, String body) {
        return "package com.fasterxml.jackson.annotation;\nimport java.lang.annotation.*;\n"
                + "@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})"
                + "@Retention(RetentionPolicy.RUNTIME)\npublic @interface " + name + " { " + body + " }";
    }

    @Test
    void aRecordIsItsComponentsAsJackson() {
        assertThat(contracts("""
                @EventType(name = "order.placed", version = 2)
                record OrderPlaced(
                        UUID order,
                        @JsonProperty("total_cents") long total,
                        BigDecimal rate,
                        @Nullable String channel,
                        Optional<Instant> paid,
                        OptionalInt count,
                        Sort sort,
                        Customer customer,
                        List<Line> lines,
                        String[] tags,
                        byte[] scan,
                        Map<String, Line> byName,
                        Map<String, List<Integer>> counts,
                        @JsonIgnore String secret,
                        Object any,
                        Endless endless) {}
                enum Sort { A }
                record Customer(String name, @Nullable Customer parent) {}
                record Line(String sku, int count) {}
                record Endless(List<Endless> next, Wrapped<Line> wrapped) {}
                record Wrapped<T>(T value) {}
                """)).containsExactly("""
                order.placed 2
                  order UUID
                  total_cents integer
                  rate number
                  channel string?
                  paid Instant?
                  count integer?
                  sort string
                  customer object
                  customer.name string
                  customer.parent object?
                  lines list
                  lines[].sku string
                  lines[].count integer
                  tags list
                  tags[] string
                  scan binary
                  byName map
                  byName{}.sku string
                  byName{}.count integer
                  counts map
                  counts{} list
                  counts{}[] integer
                  any any
                  endless object
                  endless.next list
                  endless.wrapped object
                  endless.wrapped.value object
                  endless.wrapped.value.sku string
                  endless.wrapped.value.count integer
                """);
    }

    @Test
    void aClassIsItsGettersAndPublicFields() {
        assertThat(contracts("""
                @EventType(name = "order.paid", version = 1)
                class OrderPaid extends Base {
                    private @Nullable String note;
                    private long cents;
                    public boolean late;
                    public static final String KEY = "k";
                    public @Nullable String getNote() { return note; }
                    @JsonProperty("amount") public long getCents() { return cents; }
                    public boolean isOpen() { return true; }
                    @JsonIgnore public String getInner() { return ""; }
                    public String gets() { return ""; }
                    public String getBy(String x) { return ""; }
                    String getHidden() { return ""; }
                }
                abstract class Base { public String getId() { return ""; } }
                """)).containsExactly("""
                order.paid 1
                  late boolean
                  note string?
                  amount integer
                  open boolean
                  id string
                """);
    }

    @Test
    void nestedEventsHaveTheirOwnAndOthersHaveNone() {
        assertThat(contracts("""
                class Events {
                    @EventType(name = "a", version = 1) record A() {}
                    @EventType(name = "b", version = 1) record B(int x) {}
                    record C(int x) {}
                }
                """)).containsExactly("a 1\n", "b 1\n  x integer\n");
    }
}
