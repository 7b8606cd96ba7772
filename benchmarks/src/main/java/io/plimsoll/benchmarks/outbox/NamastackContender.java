package io.plimsoll.benchmarks.outbox;

import io.namastack.outbox.Outbox;
import io.namastack.outbox.OutboxJacksonAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxAutoConfiguration;
import io.namastack.outbox.config.JdbcOutboxSchemaAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreInfrastructureAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreMulticasterAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreProcessingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreSchedulingAutoConfiguration;
import io.namastack.outbox.config.OutboxCoreThreadingAutoConfiguration;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Namastack Outbox: {@code Outbox.schedule} and a handler. */
final class NamastackContender extends SpringContender {

    /** What its own page on performance tuning calls the best result. Virtual threads need Java 21. */
    private static final Map<String, Object> TUNED = Map.of(
            "namastack.outbox.polling.batch-size",
            800,
            "namastack.outbox.polling.fixed.interval",
            "25ms",
            "namastack.outbox.processing.executor-concurrency-limit",
            30,
            "namastack.outbox.instance.heartbeat-interval",
            "1s",
            "namastack.outbox.instance.stale-instance-timeout",
            "10s",
            "namastack.outbox.instance.rebalance-interval",
            "1s",
            "namastack.outbox.multicaster.enabled",
            false,
            "spring.threads.virtual.enabled",
            true);

    private final Outbox outbox;

    private NamastackContender(DataSource dataSource, LongConsumer delivered, Map<String, Object> properties) {
        super(dataSource, properties, Starter.class, new Handler(delivered));
        outbox = bean(Outbox.class);
    }

    static Contender withDefaults(DataSource dataSource, LongConsumer delivered) {
        return new NamastackContender(dataSource, delivered, Map.of());
    }

    static Contender tuned(DataSource dataSource, LongConsumer delivered) {
        return new NamastackContender(dataSource, delivered, TUNED);
    }

    /** As its page runs it: in four instances. Here they share a JVM, and the pool. */
    static Contender fourTimes(DataSource dataSource, LongConsumer delivered) {
        return new Instances(
                Stream.generate(() -> tuned(dataSource, delivered)).limit(4).toList());
    }

    @Override
    public void publish(Placed event) {
        outbox.schedule(event, event.key());
    }

    @Override
    public String waiting() {
        return "SELECT EXISTS (SELECT 1 FROM outbox_record WHERE status <> 'COMPLETED')";
    }

    private record Handler(LongConsumer delivered) implements OutboxTypedHandler<Placed> {

        @Override
        public void handle(Placed event, OutboxRecordMetadata metadata) {
            delivered.accept(event.number());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        OutboxCoreInfrastructureAutoConfiguration.class,
        OutboxCoreThreadingAutoConfiguration.class,
        OutboxCoreProcessingAutoConfiguration.class,
        OutboxCoreSchedulingAutoConfiguration.class,
        OutboxCoreMulticasterAutoConfiguration.class,
        JdbcOutboxAutoConfiguration.class,
        JdbcOutboxSchemaAutoConfiguration.class,
        OutboxJacksonAutoConfiguration.class
    })
    static class Starter {}
}
