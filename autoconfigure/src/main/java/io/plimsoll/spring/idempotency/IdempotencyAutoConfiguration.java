package io.plimsoll.spring.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.idempotency.IdempotentCalls;
import io.plimsoll.spring.idempotency.IdempotencyProperties.EscapedWork;
import io.plimsoll.spring.jdbc.DirectConnections;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.jdbc.SchemaInitializer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of {@link io.plimsoll.idempotency.Idempotent}. */
@AutoConfiguration(
        after = JdbcAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({PlatformTransactionManager.class, JsonMapper.class})
@EnableConfigurationProperties(IdempotencyProperties.class)
public final class IdempotencyAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Engine plimsollIdempotencyEngine(
            ListableBeanFactory beans,
            IdempotencyProperties properties,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<CallMeter> meter) {
        StoreObservation observation =
                new StoreObservation(observations.getIfAvailable(() -> ObservationRegistry.NOOP));
        return new Engine(
                new Stores(beans, properties.leaseStore(), observation),
                properties.mode(),
                () -> meter.getIfAvailable(() -> CallMeter.NONE),
                properties.escapedWork() == EscapedWork.FAIL);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ClaimMarkerPostProcessor plimsollClaimMarkerPostProcessor(ObjectProvider<Engine> engine) {
        return new ClaimMarkerPostProcessor(engine);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static IdempotentMethods plimsollIdempotentMethods(
            Environment environment,
            Engine engine,
            IdempotencyProperties properties,
            ObjectProvider<OutcomeEncryption> encryption,
            ObjectProvider<JsonMapper> mapper,
            ObjectProvider<RequestCalls> requests) {
        return new IdempotentMethods(
                environment,
                engine,
                () -> new OutcomeCodec.Stored(
                        (int) properties.maxOutcomeSize().toBytes(),
                        encryption.getIfAvailable(() -> OutcomeEncryption.NONE)),
                () -> mapper.getIfAvailable(JsonMapper::new),
                requests.getIfAvailable(() -> RequestCalls.NONE));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static IdempotencyStage plimsollIdempotencyStage(IdempotentMethods methods, Engine engine) {
        return IdempotencyStage.outer(methods, engine);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static IdempotencyStage plimsollIdempotencyClaimStage(IdempotentMethods methods, Engine engine) {
        return IdempotencyStage.inner(methods, engine);
    }

    @Bean
    @ConditionalOnMissingBean(IdempotentCalls.class)
    DefinedCalls plimsollIdempotentCalls(IdempotentMethods methods, Engine engine) {
        return new DefinedCalls(methods, engine);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ListenerEvents plimsollListenerEvents() {
        return new ReceivedEvent.OfThread();
    }

    @Bean
    RetentionCleaner plimsollIdempotencyCleaner(Engine engine, IdempotencyProperties properties) {
        return new RetentionCleaner(engine, properties.cleanupInterval(), properties.cleanupBatchSize());
    }

    /** The table, where there is a database to hold it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(DataSource.class)
    @ConditionalOnBean(SchemaInitializer.Factory.class)
    static final class Table {

        @Bean
        SchemaInitializer plimsollIdempotencySchemaInitializer(
                DataSource dataSource, SchemaInitializer.Factory initializers) {
            return initializers.create(dataSource, "io/plimsoll/spring/idempotency/schema-@@platform@@.sql");
        }
    }

    /** Only where PostgreSQL can be reached past the pool. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PGConnection.class)
    @ConditionalOnBean(DirectConnections.class)
    static final class Postgres {

        /** Opens nothing before anybody waits. */
        @Bean
        PostgresWakeUps plimsollPostgresWakeUps(DirectConnections connections) {
            return new PostgresWakeUps(connections);
        }
    }

    /** Only where there is Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static final class Meters {

        @Bean
        CallMeter plimsollIdempotencyCallMeter(MeterRegistry registry) {
            return new MicrometerCallMeter(registry);
        }
    }

    /** Only where there is Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DispatcherServlet.class)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static final class Web {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RequestCalls plimsollIdempotencyRequestCalls(IdempotencyProperties properties) {
            return new WebRequestCalls(properties.responseHeaders(), (int)
                    properties.maxRequestSize().toBytes());
        }

        @Bean
        RequestBodyDigest plimsollRequestBodyDigest(IdempotencyProperties properties) {
            return new RequestBodyDigest((int) properties.maxRequestSize().toBytes());
        }

        @Bean
        IdempotencyProblemAdvice plimsollIdempotencyProblemAdvice(IdempotencyProperties properties) {
            return new IdempotencyProblemAdvice(properties.keyReusedStatus());
        }
    }
}
