package io.plimsoll.spring.idempotency;

import io.plimsoll.companion.CompiledExpression;
import io.plimsoll.companion.CompiledSite;
import io.plimsoll.companion.DurationParser;
import io.plimsoll.companion.RefusedExpression;
import io.plimsoll.idempotency.CompiledIdempotent;
import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.idempotency.Mode;
import io.plimsoll.idempotency.OnDuplicate;
import io.plimsoll.spring.weaving.BrokenPromiseException;
import io.plimsoll.spring.weaving.PromisedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Resolves at start-up what a method promises; both halves of the method ask, and get equal answers. */
final class IdempotentMethods {

    /** One method, and what its two halves work with. */
    record Resolved(IdempotentMethod method, CallSource source, OutcomeCodec codec) {

        CallInterceptor outer(Engine engine) {
            return new CallInterceptor(method, source, CallProtocol.of(this, engine), engine);
        }

        /** Null in LEASE mode, whose claim is made outside of any transaction. */
        @Nullable
        ClaimInterceptor inner(Engine engine) {
            return method.mode() == Mode.LEASE ? null : new ClaimInterceptor(method, codec, source, engine);
        }
    }

    /** Renewals are due at a third of it, to {@link LeaseKeeper}'s precision. */
    static final Duration LEAST_LEASE = Duration.ofMillis(100);

    private final PropertyResolver properties;
    private final String application;
    private final Engine engine;
    private final Supplier<OutcomeCodec.Stored> stored;
    private final Supplier<JsonMapper> mapper;
    private final RequestCalls requests;

    /** @param mapper the application's own: answers are recorded as it would send them */
    IdempotentMethods(
            PropertyResolver properties,
            Engine engine,
            Supplier<OutcomeCodec.Stored> stored,
            Supplier<JsonMapper> mapper,
            RequestCalls requests) {
        this.properties = properties;
        this.application = properties.getProperty("spring.application.name", "application");
        this.engine = engine;
        this.stored = stored;
        this.mapper = SingletonSupplier.of(() -> strict(mapper.get()));
        this.requests = requests;
    }

    /**
     * @return null if the method is not idempotent
     * @throws BrokenPromiseException if it cannot be
     */
    @Nullable
    Resolved resolve(PromisedMethod promised) {
        MergedAnnotation<?> found = promised.innermost(List.of(Idempotent.class));
        CompiledIdempotent compiled = found == null ? null : promised.compiled(found, CompiledIdempotent.class);
        if (found == null || compiled == null) {
            return null;
        }
        promised.requireSynchronousResult("@Idempotent", "Put @Idempotent on the blocking method that does the work.");
        IdempotentMethod method = new IdempotentMethod(
                promised.name(),
                signature(promised.beanType(), promised.method()),
                application,
                compiled(promised, compiled.key()),
                compiled(promised, compiled.scope()),
                compiled(promised, compiled.fingerprint()),
                promised.duration(compiled.ttl(), "ttl of @Idempotent", false, properties),
                mode(promised.name(), compiled.mode()),
                lease(promised, compiled),
                compiled.onLost(),
                compiled.recover().isEmpty() ? null : Recovery.of(promised, compiled.recover()),
                promised.isListener() ? OnDuplicate.WAIT : compiled.onDuplicate(),
                promised.duration(compiled.maxWait(), "maxWait of @Idempotent", true, properties));
        return new Resolved(method, source(promised, method), codec(promised, method, found));
    }

    private Duration lease(PromisedMethod promised, CompiledIdempotent compiled) {
        Duration lease = promised.duration(compiled.lease(), "lease of @Idempotent", false, properties);
        if (lease.compareTo(LEAST_LEASE) < 0) {
            throw new BrokenPromiseException(
                    "The lease of @Idempotent on " + promised.name() + " is " + DurationParser.format(lease)
                            + ": a pause of the garbage collector is longer, and its holder would lose the claim to it.",
                    "Give it at least " + DurationParser.format(LEAST_LEASE) + "; a holder that lives renews it.");
        }
        return lease;
    }

    /** An operation that no method stands for. */
    Resolved define(IdempotentMethod operation, Class<?> result, Class<?>... recordFailures) {
        engine.use(operation.mode());
        JsonMapper json = mapper.get();
        OutcomeCodec codec = new OutcomeCodec(
                operation,
                ResultShape.PLAIN,
                json.constructType(result),
                RecordedFailures.of(operation.name(), recordFailures, requests.failureShape()),
                json,
                stored.get());
        return new Resolved(operation, new OperationCallSource(operation, json), codec);
    }

    /** An object that shows nothing of itself is no empty one: two would be compared as equal, and none comes back. */
    private static JsonMapper strict(JsonMapper applications) {
        return applications
                .rebuild()
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    String application() {
        return application;
    }

    private static @Nullable CompiledExpression compiled(
            PromisedMethod promised, @Nullable CompiledExpression expression) {
        if (expression instanceof RefusedExpression refused) {
            throw new BrokenPromiseException(
                    "The expression \"" + refused.expression() + "\" of @Idempotent on " + promised.name()
                            + " was not compiled: " + refused.problem() + ".",
                    "Switch the rule UnresolvableKey on again and compile. If that finds nothing, the expression names"
                            + " something that another annotation processor generates: name what is there before.");
        }
        return expression;
    }

    /** What tells a method apart from all others: overloads, and inherited methods of several classes. */
    static String signature(Class<?> beanType, Method method) {
        String id =
                CompiledSite.methodId("", Stream.of(method.getParameterTypes()).map(Class::getTypeName));
        return beanType.getName() + "." + method.getName() + id;
    }

    private CallSource source(PromisedMethod promised, IdempotentMethod method) {
        if (promised.isRequestHandler()) {
            requests.requireReplayable(promised);
        }
        CallSource byKey = method.key() == null ? null : new MethodCallSource(method, method.key(), mapper.get());
        CallSource source = promised.isRequestHandler() ? requests.source(method, byKey, mapper.get()) : byKey;
        if (source == null && promised.isListenerWithEventId()) {
            source = new EventCallSource(method);
        }
        if (source == null) {
            throw new BrokenPromiseException(
                    "@Idempotent on " + method.name() + " has no key, and the method is no request handler of Spring"
                            + " MVC, whose requests could bring one, and no listener of Kafka or RabbitMQ, whose messages"
                            + " could.",
                    "Say what makes two calls the same call: @Idempotent(key = \"#order.id\").");
        }
        return source;
    }

    /**
     * @param name of the method or operation, for people
     * @throws BrokenPromiseException if the application has not what the mode takes
     */
    Mode mode(String name, Mode declared) {
        Mode mode = declared == Mode.AUTO ? engine.auto() : declared;
        if (mode == Mode.TRANSACTIONAL && !engine.hasDatabase()) {
            throw new BrokenPromiseException(
                    "@Idempotent on " + name + " is TRANSACTIONAL, which takes a database, and the application"
                            + " has no DataSource.",
                    "Add spring-boot-starter-jdbc or -data-jpa and set spring.datasource.url, or let it be mode ="
                            + " Mode.LEASE.");
        }
        return mode;
    }

    private OutcomeCodec codec(PromisedMethod promised, IdempotentMethod method, MergedAnnotation<?> promise) {
        Class<?> beanType = promised.beanType();
        ResultShape shape = requests.shape(promised.method().getReturnType());
        Type type = GenericTypeResolver.resolveType(promised.method().getGenericReturnType(), beanType);
        JavaType body = mapper.get().constructType(shape.bodyType(type));
        RecordedFailures failures =
                RecordedFailures.of(method.name(), promise.getClassArray("recordFailures"), requests.failureShape());
        return new OutcomeCodec(method, shape, body, failures, mapper.get(), stored.get());
    }
}
