package io.plimsoll.spring.timeout.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that treats its clients badly, in ways that read timeouts do not notice. */
public final class DripServer implements AutoCloseable {

    public static final int LARGE = 8 << 20;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final List<String> budgets = new CopyOnWriteArrayList<>();

    public DripServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public String url() {
        return "http://localhost:" + port();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were ever made. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** How many clients went away in the middle of an answer. */
    public int hungUp() {
        return hungUp.get();
    }

    /** The {@code Plimsoll-Budget} of each request; an empty string for none. */
    public List<String> budgets() {
        return budgets;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "drip-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            // A line without a path is none of HTTP: somebody has taken this port for that of another server.
            String[] request = line(in).split(" ");
            while (request.length > 1) {
                answer(request[1], headers(in), in, out);
                request = line(in).split(" ");
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone.
        } finally {
            open.remove(socket);
        }
    }

    private void answer(String path, Map<String, String> headers, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        budgets.add(headers.getOrDefault("plimsoll-budget", ""));
        switch (path) {
            case "/silent" -> untilHungUp(in);
            case "/stall" -> {
                head(out, LARGE);
                out.write("a little".getBytes(StandardCharsets.UTF_8));
                out.flush();
                untilHungUp(in);
            }
            case "/drip" -> drip(out);
            case "/unread" -> Thread.sleep(60_000);
            case "/large" -> {
                head(out, LARGE);
                for (int i = 0; i < LARGE; i++) {
                    out.write(i % 251);
                }
                out.flush();
            }
            case "/count" -> text(out, String.valueOf(body(headers, in)));
            default -> text(out, "hello");
        }
    }

    private void untilHungUp(InputStream in) {
        try {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
            hungUp.incrementAndGet();
        } catch (IOException e) {
            hungUp.incrementAndGet();
        }
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        head(out, LARGE);
        out.flush();
        try {
            for (int i = 0; i < 600; i++) {
                out.write('.');
                out.flush();
                Thread.sleep(100);
            }
        } catch (SocketException e) {
            hungUp.incrementAndGet();
            throw e;
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        head(out, text.length());
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void head(OutputStream out, int length) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static long body(Map<String, String> headers, InputStream in) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
            in.skipNBytes(length);
            return length;
        }
        long sum = 0;
        for (int chunk = chunk(in); chunk > 0; chunk = chunk(in)) {
            in.skipNBytes(chunk);
            line(in);
            sum += chunk;
        }
        line(in);
        return sum;
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
