package io.plimsoll.benchmarks;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Idempotent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * What it costs to find the key among the arguments: compiled by the processor, and as SpEL, parsed once, in a context
 * that is made for each call as Spring's own annotations make it; interpreted, and compiled by SpEL's own compiler.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyBenchmark {

    /** A customer. */
    public record Customer(String id) {}

    /** An order. */
    public record Order(long number, Customer customer) {}

    /** The methods whose keys are taken. */
    static class Orders {

        @Idempotent(key = "#order.customer.id")
        public void path(String tenant, Order order) {}

        @Idempotent(key = "{#tenant, #order.number}")
        public void composite(String tenant, Order order) {}
    }

    private static final String PATH = "#order.customer.id";
    private static final String COMPOSITE = "{#tenant, #order.number}";

    private final Object[] arguments = {"acme", new Order(7_000_000_007L, new Customer("c-4711"))};

    private final CompiledExpression compiledPath = compiled(0);
    private final CompiledExpression compiledComposite = compiled(1);

    private final Expression spelPath = spel(SpelCompilerMode.OFF, PATH);
    private final Expression spelComposite = spel(SpelCompilerMode.OFF, COMPOSITE);
    private final Expression spelCompiledPath = spel(SpelCompilerMode.IMMEDIATE, PATH);

    private static CompiledExpression compiled(int site) {
        CompiledSite method = new KeyBenchmark_Orders_Plimsoll().sites().get(site);
        CompiledIdempotent fact = Objects.requireNonNull(method.fact(CompiledIdempotent.class));
        return Objects.requireNonNull(fact.key());
    }

    private static Expression spel(SpelCompilerMode mode, String expression) {
        SpelParserConfiguration configuration = new SpelParserConfiguration(mode, KeyBenchmark.class.getClassLoader());
        return new SpelExpressionParser(configuration).parseExpression(expression);
    }

    @Benchmark
    public Object pathCompiled() {
        return compiledPath.evaluate(arguments);
    }

    @Benchmark
    public @Nullable Object pathSpel() {
        return evaluate(spelPath);
    }

    @Benchmark
    public @Nullable Object pathSpelCompiled() {
        return evaluate(spelCompiledPath);
    }

    @Benchmark
    public Object compositeCompiled() {
        return compiledComposite.evaluate(arguments);
    }

    @Benchmark
    public @Nullable Object compositeSpel() {
        return evaluate(spelComposite);
    }

    private @Nullable Object evaluate(Expression expression) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        context.setVariable("tenant", arguments[0]);
        context.setVariable("order", arguments[1]);
        return expression.getValue(context);
    }
}
