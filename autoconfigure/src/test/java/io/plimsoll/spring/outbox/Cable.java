package io.plimsoll.spring.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A port of this machine that leads to another one, until it is cut, or blocked. */
public final class Cable implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable ServerSocket server;
    private volatile int target;
    private boolean blocked;

    public Cable(int target) {
        this.target = target;
        this.port = listen(0);
    }

    public int port() {
        return port;
    }

    public void leadTo(int target) {
        this.target = target;
    }

    /** Nobody is there. */
    public synchronized AutoCloseable cut() {
        close();
        return () -> listen(port);
    }

    /** Everything is written and nothing gets through. */
    public synchronized AutoCloseable block() {
        blocked = true;
        return this::unblock;
    }

    private synchronized void unblock() {
        blocked = false;
        notifyAll();
    }

    private synchronized void awaitUnblocked() throws InterruptedException {
        while (blocked) {
            wait();
        }
    }

    private synchronized int listen(int at) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            server = listening;
            start(() -> accept(listening));
            return listening.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket near = listening.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                if (!plug(listening, near, far)) {
                    return;
                }
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                start(() -> copy(near, far));
                start(() -> copy(far, near));
            }
        } catch (IOException e) {
            return; // It was cut.
        }
    }

    /** A thread that accepts may get one more connection after the server was closed. */
    private synchronized boolean plug(ServerSocket listening, Socket near, Socket far) throws IOException {
        if (server != listening) {
            near.close();
            far.close();
            return false;
        }
        sockets.add(near);
        sockets.add(far);
        return true;
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitUnblocked();
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            return; // It was cut.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (server != null) {
                server.close();
                server = null;
            }
            for (Socket each : sockets) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
