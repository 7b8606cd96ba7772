package io.plimsoll.spring.outbox.rabbit;

import com.rabbitmq.client.Channel;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Channels of the sink's own, on the connection that the application publishes on, for one batch at a time. Thread-safe. */
final class Channels implements AutoCloseable {

    private final ConnectionFactory connections;
    private final Deque<ConfirmedChannel> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService closing;

    Channels(ConnectionFactory connections) {
        ConnectionFactory publishers = connections.getPublisherConnectionFactory();
        // Of its own if it can be: the broker holds up connections that publish too much, and their consumers too.
        this.connections = publishers == null ? connections : publishers;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-outbox-rabbit-close-");
        threads.setDaemon(true);
        this.closing = Executors.newCachedThreadPool(threads);
    }

    /** @throws SinkUnavailableException if there is none */
    ConfirmedChannel take() {
        ConfirmedChannel channel = idle.poll();
        while (channel != null && !channel.isOpen()) {
            channel = idle.poll();
        }
        return channel == null ? open() : channel;
    }

    private ConfirmedChannel open() {
        try {
            Connection connection = connections.createConnection();
            com.rabbitmq.client.@Nullable Connection client = connection.getDelegate();
            if (client == null) {
                throw new SinkUnavailableException("the ConnectionFactory gives no access to its connection");
            }
            Channel channel = client.createChannel();
            if (channel == null) {
                throw new SinkUnavailableException("the connection has no channel left");
            }
            return new ConfirmedChannel(channel);
        } catch (AmqpException | IOException e) {
            throw new SinkUnavailableException(
                    "RabbitMQ cannot be reached: " + e.getClass().getSimpleName());
        } catch (com.rabbitmq.client.AlreadyClosedException e) {
            throw new SinkUnavailableException("the connection is closed");
        }
    }

    /** All that was published on it has its answer. */
    void giveBack(ConfirmedChannel channel) {
        idle.push(channel);
    }

    /** What has no answer on it must not get one: the broker forgets the channel. */
    void discard(ConfirmedChannel channel) {
        closing.execute(channel::close);
    }

    @Override
    public void close() {
        for (ConfirmedChannel channel = idle.poll(); channel != null; channel = idle.poll()) {
            discard(channel);
        }
        closing.shutdown();
    }
}
