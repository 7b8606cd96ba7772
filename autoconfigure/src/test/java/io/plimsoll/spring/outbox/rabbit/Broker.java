package io.plimsoll.spring.outbox.rabbit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The RabbitMQ that somebody has started on this machine: {@code .ci/run}, say. */
final class Broker {

    static final int PORT = Integer.getInteger("plimsoll.test.rabbitmq.port", 5672);

    private Broker() {}

    static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", PORT), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
