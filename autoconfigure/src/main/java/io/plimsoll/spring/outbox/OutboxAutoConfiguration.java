package io.plimsoll.spring.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.plimsoll.outbox.Outbox;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.jdbc.DirectConnections;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.jdbc.SchemaInitializer;
import io.plimsoll.spring.jdbc.StoreDataSource;
import io.plimsoll.spring.weaving.CompiledTypes;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of the {@link Outbox}. Nothing of it runs before somebody publishes or listens. */
@AutoConfiguration(
        after = JdbcAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({PlatformTransactionManager.class, JdbcTemplate.class, JsonMapper.class})
@EnableConfigurationProperties(OutboxProperties.class)
public final class OutboxAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static OutboxStore plimsollOutboxStore(ListableBeanFactory beans) {
        return new OutboxStore(() -> StoreDataSource.of(beans, "The outbox"));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EventWriterPostProcessor plimsollEventWriterPostProcessor(ObjectProvider<OutboxStore> store) {
        return new EventWriterPostProcessor(store);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static OutboxStage plimsollOutboxStage(OutboxStore store, ObjectProvider<Outbox> outbox) {
        return new OutboxStage(store, outbox::getObject);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PublishedEvents plimsollPublishedEvents(CompiledTypes types, ObjectProvider<Outbox> outbox) {
        return new PublishedEvents(types, outbox::getObject);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EventObservation plimsollEventObservation(ObjectProvider<ObservationRegistry> registry) {
        return new EventObservation(registry.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Routes plimsollOutboxRoutes(
            ConfigurableListableBeanFactory beans,
            OutboxStore store,
            ObjectProvider<OutboxSink> sinks,
            ObjectProvider<JsonMapper> mapper,
            EventObservation observation,
            OutboxProperties properties) {
        return new Routes(properties, () -> sinks.orderedStream().toList(), () -> {
            Map<String, List<ListenerMethod>> methods = ListenerMethods.of(beans);
            return methods.isEmpty()
                    ? null
                    : new ListenerSink(
                            store, new EventReader(mapper.getIfAvailable(JsonMapper::new)), observation, methods);
        });
    }

    /** Made when somebody asks for it: that somebody publishes. */
    @Bean
    @Lazy
    TransactionalOutbox plimsollOutbox(
            OutboxStore store,
            Routes routes,
            ObjectProvider<JsonMapper> mapper,
            EventObservation observation,
            OutboxProperties properties,
            Relay relay) {
        store.use();
        return new TransactionalOutbox(
                store,
                routes,
                mapper.getIfAvailable(JsonMapper::new),
                observation,
                properties.maxEventSize().toBytes(),
                relay::committed);
    }

    @Bean
    Relay plimsollOutboxRelay(
            OutboxStore store,
            Routes routes,
            OutboxProperties properties,
            ObjectProvider<DeliveryMeter> meter,
            ObjectProvider<WakeUps> wakeUps,
            @Value("${spring.application.name:application}") String application) {
        return new Relay(
                store,
                routes,
                application,
                properties,
                meter.getIfAvailable(() -> DeliveryMeter.NONE),
                wakeUps.getIfAvailable(() -> WakeUps.NONE));
    }

    @Bean
    JdbcDeadLetters plimsollDeadLetters(OutboxStore store) {
        return new JdbcDeadLetters(store);
    }

    @Bean
    OutboxState plimsollOutboxState(OutboxStore store) {
        return new OutboxState(store);
    }

    /** Only where PostgreSQL can be reached past the pool. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PGConnection.class)
    @ConditionalOnBean(DirectConnections.class)
    static final class Postgres {

        /** Opens nothing before the relay runs. */
        @Bean
        PostgresWakeUps plimsollOutboxWakeUps(DirectConnections connections) {
            return new PostgresWakeUps(connections);
        }
    }

    /** Only where there is Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static final class Meters {

        @Bean
        DeliveryMeter plimsollOutboxMeter(MeterRegistry registry) {
            return new MicrometerDeliveryMeter(registry);
        }

        @Bean
        OutboxGauges plimsollOutboxGauges(OutboxStore store, OutboxState state) {
            return new OutboxGauges(store, state);
        }
    }

    /** Only where there is an actuator, and the endpoint is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnAvailableEndpoint(endpoint = OutboxEndpoint.class)
    static final class Actuator {

        @Bean
        OutboxEndpoint plimsollOutboxEndpoint(OutboxState state, JdbcDeadLetters dead) {
            return new OutboxEndpoint(state, dead);
        }
    }

    /** Only where health is asked for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("plimsollOutbox")
    static final class OutboxHealth {

        @Bean
        OutboxHealthIndicator plimsollOutboxHealthIndicator(
                OutboxStore store, OutboxState state, OutboxProperties properties) {
            return new OutboxHealthIndicator(store, state, properties.patience());
        }
    }

    /** The tables, where there is a database to hold them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(DataSource.class)
    @ConditionalOnBean(SchemaInitializer.Factory.class)
    static final class Table {

        @Bean
        SchemaInitializer plimsollOutboxSchemaInitializer(
                DataSource dataSource, SchemaInitializer.Factory initializers) {
            return initializers.create(dataSource, "io/plimsoll/spring/outbox/schema-@@platform@@.sql");
        }
    }
}
