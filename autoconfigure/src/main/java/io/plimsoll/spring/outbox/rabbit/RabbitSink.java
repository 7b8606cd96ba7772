package io.plimsoll.spring.outbox.rabbit;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.waves.Waves;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;

/**
 * Events to RabbitMQ, which confirms each. One of a key at a time: the broker may refuse one and take the next, and its confirms
 * come in any order.
 */
final class RabbitSink implements OutboxSink, DisposableBean {

    private final Channels channels;
    private final RabbitSinkProperties properties;
    private final String source;
    private final Waves waves;

    /** @param source the application that the events come from */
    RabbitSink(Channels channels, RabbitSinkProperties properties, String source) {
        this.channels = channels;
        this.properties = properties;
        this.source = source;
        Duration timeout = properties.timeout();
        this.waves = Waves.of("rabbit", Integer.MAX_VALUE, new Waves.Times(timeout.dividedBy(3), timeout));
    }

    @Override
    public String name() {
        return "rabbit";
    }

    @Override
    public Duration deliveryTimeout() {
        return properties.timeout();
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) {
        waves.send(messages, answers, new RabbitBatch(channels, properties, source));
    }

    @Override
    public void destroy() {
        waves.close();
        channels.close();
    }
}
