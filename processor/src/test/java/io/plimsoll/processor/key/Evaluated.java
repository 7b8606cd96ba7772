package io.plimsoll.processor.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.processor.Javac;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/** A class with one method per expression, compiled, and what its companion makes of arguments. */
final class Evaluated {

    /** What the expressions are about. */
    static final String MODEL = """
            package com.acme;
            import io.plimsoll.idempotency.*;
            import java.math.*;
            import java.time.*;
            import java.util.*;
            class Customer {
                private String name; private Customer parent; public final long number; String hidden = "h";
                Customer(String name, Customer parent, long number) { this.name = name; this.parent = parent; this.number = number; }
                public String getName() { return name; }
                Customer getParent() { return parent; }
                public boolean isVip() { return number > 5; }
                @Deprecated public String getOld() { return "old"; }
                public String call() throws java.io.IOException { return ""; }
                public void nothing() {}
                public static String util() { return ""; }
                String of(Object any) { return "object"; }
                String of(String text) { return "text"; }
                String of(long n) { return "long"; }
                String of(String... texts) { return "texts"; }
                private String sure = "s"; public String sure() { return sure; }
                private String secret() { return ""; }
            }
            record Money(long cents, Currency2 currency) {}
            enum Currency2 { EUR, USD { @Override public String toString() { return "dollar"; } } }
            record Line(String sku, int count) {}
            record Order(String id, Customer customer, Money money, List<Line> lines, Map<String, String> tags, BigDecimal total) {}
            record Key(UUID id, Money money, List<Line> lines) {}
            record Endless(String id, Endless next) {}
            record Pair<A, B>(A a, B b) {}
            interface Named<T> { String name(); T value(); default String both() { return name() + value(); } }
            class Holder<T extends Named<?>> { public T held; Holder(T held) { this.held = held; } public List<T> getAll() { return List.of(held); } }
            """;

    private final List<CompiledSite> sites;
    private final ClassLoader loader;

    Evaluated(Class<?> companion) throws ReflectiveOperationException {
        this.sites = ((Companion) companion.getConstructor().newInstance()).sites();
        this.loader = companion.getClassLoader();
    }

    /** @param cases the parameters and the expression of each: {@code "Order order | #order.id"} */
    static Evaluated of(String... cases) {
        try {
            return new Evaluated(compile(List.of("-Werror"), cases).load("com.acme.Service_Plimsoll"));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A class of the model. */
    Class<?> load(String name) {
        try {
            return loader.loadClass("com.acme." + name);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** An object of the model. */
    Object create(String name, Object... arguments) {
        try {
            Constructor<?> constructor = load(name).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Javac.Result compile(List<String> options, String... cases) {
        List<String> all = new ArrayList<>(options);
        all.add("-Aplimsoll.rule.AmbiguousKey=off");
        Javac.Result result = Javac.compile(all, source(cases));
        assertThat(result.messages()).isEmpty();
        return result;
    }

    static String source(String... cases) {
        StringBuilder service = new StringBuilder("class Service<E extends Comparable<E>> {\n");
        for (int i = 0; i < cases.length; i++) {
            String[] parts = cases[i].split(" \\| ");
            String generic = parts[0].startsWith("<") ? parts[0].substring(0, parts[0].indexOf("> ") + 2) : "";
            service.append("    @Idempotent(key = \"")
                    .append(parts[1].replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\") ")
                    .append(generic)
                    .append("void m")
                    .append(i)
                    .append("(")
                    .append(parts[0].substring(generic.length()))
                    .append(") {}\n");
        }
        return MODEL + service + "}\n";
    }

    /** The value of the n-th expression. */
    Object value(int n, Object... arguments) {
        CompiledExpression key = sites.get(n).fact(CompiledIdempotent.class).key();
        return key.evaluate(arguments);
    }
}
