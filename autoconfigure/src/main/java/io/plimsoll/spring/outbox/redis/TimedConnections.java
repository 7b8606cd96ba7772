package io.plimsoll.spring.outbox.redis;

import io.plimsoll.outbox.sink.SinkUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Connections of the application, which are waited for as long as there is time: to connect has a timeout of its own. Thread-safe. */
final class TimedConnections implements AutoCloseable {

    private final RedisConnectionFactory factory;
    private final ExecutorService executor;

    TimedConnections(RedisConnectionFactory factory) {
        this.factory = factory;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("plimsoll-outbox-redis-");
        threads.setDaemon(true);
        this.executor = Executors.newCachedThreadPool(threads);
    }

    /**
     * @param end by {@link System#nanoTime}
     * @throws SinkUnavailableException if there is none by then
     */
    RedisConnection get(long end) throws InterruptedException {
        CompletableFuture<RedisConnection> connecting = CompletableFuture.supplyAsync(this::connect, executor);
        try {
            return connecting.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new SinkUnavailableException("Redis cannot be reached");
        } catch (TimeoutException e) {
            connecting.thenAccept(RedisConnection::close);
            throw new SinkUnavailableException("Redis cannot be reached in time");
        }
    }

    /** Connects, which Spring Data otherwise does with the first command. */
    private RedisConnection connect() {
        RedisConnection connection = factory.getConnection();
        try {
            connection.getNativeConnection();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
