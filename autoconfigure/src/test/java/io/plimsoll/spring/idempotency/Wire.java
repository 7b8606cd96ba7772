package io.plimsoll.spring.idempotency;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The network between a pool and its server. It breaks when it is told to. */
final class Wire implements AutoCloseable {

    private final int serverPort;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
    private final CountDownLatch delivered = new CountDownLatch(1);

    /** What becomes of a request. */
    enum Fault {
        NONE,

        /** It never arrives, and both sides lose the connection. */
        LOSE_REQUEST,

        /** It arrives and is answered; then both sides lose the connection. */
        LOSE_REPLY,

        /** Only the client loses the connection. The request is still on its way until {@link #deliver}. */
        DELAY_REQUEST,

        /** Only the client loses the connection. The request arrives. */
        LOSE_CLIENT
    }

    Wire(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    int serverPort() {
        return serverPort;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next request, on whatever connection, meets this. */
    void next(Fault fault) {
        next.set(fault);
    }

    /** Delivers a delayed request. */
    void deliver() {
        delivered.countDown();
    }

    /** From now on nobody gets through. */
    @Override
    public void close() {
        close(listener);
        sockets.forEach(Wire::close);
    }

    private void accept() {
        try {
            while (true) {
                Link link = new Link(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
                start(link::requests);
                start(link::replies);
            }
        } catch (IOException e) {
            close();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile Fault fault = Fault.NONE;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            sockets.add(client);
            sockets.add(server);
        }

        void requests() {
            byte[] bytes = new byte[65_536];
            try (InputStream in = client.getInputStream()) {
                for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                    fault = next.getAndSet(Fault.NONE);
                    if (fault == Fault.LOSE_REQUEST) {
                        break;
                    }
                    if (fault == Fault.DELAY_REQUEST) {
                        close(client);
                        delivered.await();
                    }
                    server.getOutputStream().write(bytes, 0, length);
                    if (fault == Fault.LOSE_CLIENT || fault == Fault.DELAY_REQUEST) {
                        close(client);
                        return; // The server keeps its side, until it has answered.
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The connection has ended.
            }
            closeBoth();
        }

        void replies() {
            byte[] bytes = new byte[65_536];
            try (InputStream in = server.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int length = in.read(bytes); length >= 0 && fault == Fault.NONE; length = in.read(bytes)) {
                    // Not a step after the write: the client may have lost its side by then, and the server must not.
                    out.write(bytes, 0, length);
                }
            } catch (IOException | UncheckedIOException e) {
                // The connection has ended.
            }
            closeBoth();
        }

        private void closeBoth() {
            close(client);
            close(server);
        }
    }
}
