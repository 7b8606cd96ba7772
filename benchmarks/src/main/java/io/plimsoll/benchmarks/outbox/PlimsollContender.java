package io.plimsoll.benchmarks.outbox;

import io.plimsoll.outbox.Outbox;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.jdbc.JdbcAutoConfiguration;
import io.plimsoll.spring.outbox.OutboxAutoConfiguration;
import io.plimsoll.spring.weaving.WeavingAutoConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** {@code Outbox.publish} and an {@code OutboxSink}, at the defaults. */
final class PlimsollContender extends SpringContender {

    private final Outbox outbox;

    PlimsollContender(DataSource dataSource, LongConsumer delivered) {
        super(
                dataSource,
                Map.of("plimsoll.jdbc.initialize-schema", "always", "plimsoll.outbox.default-sink", "counting"),
                Starter.class,
                new CountingSink(delivered));
        outbox = bean(Outbox.class);
    }

    @Override
    public void publish(Placed event) {
        outbox.publish("orders", event.key(), event);
    }

    @Override
    public String waiting() {
        return "SELECT EXISTS (SELECT 1 FROM plimsoll_outbox)";
    }

    private record CountingSink(LongConsumer delivered) implements OutboxSink {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public void send(List<OutboxMessage> messages, Deliveries answers) {
            for (OutboxMessage message : messages) {
                delivered.accept(Placed.number(message.payload()));
                answers.delivered(message);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({JdbcAutoConfiguration.class, WeavingAutoConfiguration.class, OutboxAutoConfiguration.class
    })
    static class Starter {}
}
