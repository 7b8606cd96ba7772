package io.plimsoll.spring.outbox.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnection;

/** Events to streams of Redis: a batch of one stream at once, all of it or none. */
final class RedisSink implements OutboxSink, DisposableBean {

    private final TimedConnections connections;
    private final Append append;
    private final Duration timeout;

    RedisSink(TimedConnections connections, Append append, Duration timeout) {
        this.connections = connections;
        this.append = append;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Duration deliveryTimeout() {
        return timeout;
    }

    /** @throws SinkUnavailableException if it cannot be reached, or says that it takes nothing */
    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) throws Exception {
        // A moment for those who wait for the answers, which must have come when the time is over.
        long end = System.nanoTime() + timeout.toNanos() * 9 / 10;
        Map<String, List<OutboxMessage>> byTopic = new LinkedHashMap<>();
        for (OutboxMessage message : messages) {
            byTopic.computeIfAbsent(message.topic(), topic -> new ArrayList<>()).add(message);
        }
        RedisConnection connection = connections.get(end);
        try {
            for (List<OutboxMessage> each : byTopic.values()) {
                if (answers.mayStillSend()) {
                    send(each, connection, answers, end);
                } else {
                    each.forEach(answers::notSent);
                }
            }
        } finally {
            connection.close();
        }
    }

    @SuppressWarnings("unchecked") // What Spring Data has of Lettuce, it has of bytes.
    private void send(List<OutboxMessage> messages, RedisConnection connection, Deliveries answers, long end)
            throws InterruptedException {
        RedisFuture<Long> answer =
                append.start((RedisClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection(), messages);
        try {
            answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            messages.forEach(answers::delivered);
        } catch (ExecutionException e) {
            refused(messages, answers, e);
        } catch (TimeoutException e) {
            throw new SinkUnavailableException("no answer in time");
        } finally {
            // What Lettuce has not written yet, as it is not connected, it must not write once it is.
            answer.cancel(true);
        }
    }

    private static void refused(List<OutboxMessage> messages, Deliveries answers, ExecutionException failure) {
        if (!(failure.getCause() instanceof RedisCommandExecutionException refusal)) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new SinkUnavailableException(cause.getClass().getSimpleName());
        }
        String why = RedisRefusals.ofTheServer(String.valueOf(refusal.getMessage()));
        if (why != null) {
            throw new SinkUnavailableException("Redis answered " + why);
        }
        Set<String> keys = new HashSet<>();
        for (OutboxMessage message : messages) {
            if (keys.add(message.orderingKey())) {
                answers.failed(message, "Redis refused to append to its stream");
            } else {
                answers.notSent(message);
            }
        }
    }

    @Override
    public void destroy() {
        connections.close();
    }
}
