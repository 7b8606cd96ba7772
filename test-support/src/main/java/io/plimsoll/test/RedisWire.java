package io.plimsoll.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** As much of the Redis protocol as it takes to say PING and SHUTDOWN without a client library. */
final class RedisWire {

    private static final int TIMEOUT_MILLIS = 2_000;

    private RedisWire() {}

    /**
     * Whether a Redis is ready at the local port.
     *
     * @throws IllegalStateException if something else answers there, or a Redis that wants a password
     */
    static boolean answersAt(int port) {
        String reply;
        try {
            reply = ask(port, "PING");
        } catch (ConnectException e) {
            return false;
        } catch (SocketTimeoutException e) {
            reply = "nothing";
        } catch (IOException e) {
            reply = String.valueOf(e.getMessage());
        }
        if (reply.startsWith("+PONG")) {
            return true;
        }
        if (reply.startsWith("-LOADING")) {
            return false;
        }
        throw new IllegalStateException("Port " + port + " is taken by something that is not a Redis open to us: "
                + "it answered " + reply.strip() + " to PING. Choose another port, or stop what runs there");
    }

    /** The raw reply to one command; empty if the server closes the connection, as it does on SHUTDOWN. */
    static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String line = line(in);
            if (line.startsWith("$")) {
                int length = Integer.parseInt(line.substring(1).strip());
                return new String(in.readNBytes(Math.max(0, length)), StandardCharsets.UTF_8);
            }
            return line;
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < 1_000; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
