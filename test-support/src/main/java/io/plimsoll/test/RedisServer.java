package io.plimsoll.test;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running Redis without a password. Thread-safe. It keeps nothing on disk: what is in it is gone when it stops.
 *
 * <p>{@link #shared()} is for tests. {@link #at(int)} is for crash tests and demos: it goes on when its JVM is killed.
 */
public final class RedisServer implements AutoCloseable {

    private final String host;
    private final int port;
    private final boolean attached;
    private final Runnable stop;
    private final AtomicBoolean closed = new AtomicBoolean();

    RedisServer(String host, int port, boolean attached, Runnable stop) {
        this.host = host;
        this.port = port;
        this.attached = attached;
        this.stop = stop;
    }

    /**
     * The one server of this JVM, on a free port: started by the first call, stopped with the JVM. In Docker if an
     * engine answers and {@code -Dplimsoll.test.docker} is not {@code false}, else from a Maven artifact. All tests of
     * the JVM share it, so prefix your keys; {@link #close()} does nothing to it.
     *
     * @throws IllegalStateException if it cannot start; the message says what is missing
     */
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    /**
     * The Redis at a local port: the one that answers there already, or a new process that goes on when this JVM is
     * killed. {@link #close()} stops it if it was started by this class, in this or in an earlier JVM; anybody else's
     * Redis is left running.
     *
     * @throws IllegalStateException if the port is taken by something that is not a Redis, or one that asks for a
     *     password, or if the server cannot start
     */
    public static RedisServer at(int port) {
        return LocalRedis.open(port);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Whether the server was running already when this object was made. */
    public boolean attached() {
        return attached;
    }

    /** Stops the server as said at {@link #at(int)}; does nothing to the shared one, or a second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop.run();
        }
    }

    private static final class Shared {
        static final RedisServer SERVER = Docker.available() ? RedisInDocker.start() : LocalRedis.startForThisJvm();
    }
}
