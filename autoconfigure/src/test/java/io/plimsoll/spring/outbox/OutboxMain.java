package io.plimsoll.spring.outbox;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.outbox.sink.SinkUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An instance in a JVM of its own, which counts and delivers until it is killed.
 *
 * <p>Arguments: URL, user and password of the database, port of who collects (0: a listener in process writes it down), number of
 * counters, number of threads that count.
 */
public final class OutboxMain {

    private OutboxMain() {}

    public static void main(String[] arguments) throws Exception {
        com.zaxxer.hikari.HikariDataSource pool = new com.zaxxer.hikari.HikariDataSource();
        pool.setDataSource(new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]));
        pool.setMaximumPoolSize(8);
        int counters = Integer.parseInt(arguments[4]);
        int port = Integer.parseInt(arguments[3]);
        OutboxApp app = port == 0
                ? OutboxApp.with(pool, ListenerTest.Ledger.class, jdbc -> new ListenerTest.Ledger(jdbc, 50))
                : new OutboxApp(pool, new Remote(port));
        System.out.println("READY");
        for (int i = Integer.parseInt(arguments[5]); i > 0; i--) {
            new Thread(() -> count(app, counters), "counting").start();
        }
        Thread.currentThread().join();
    }

    private static void count(OutboxApp app, int counters) {
        Counters all = new Counters(new JdbcTemplate());
        while (true) {
            try {
                all.count(app, "c" + ThreadLocalRandom.current().nextInt(counters));
            } catch (RuntimeException e) {
                System.out.println(e);
            }
        }
    }

    /** Each message is delivered once the collector has said so. A connection for each batch: they end with their JVM. */
    private static final class Remote implements OutboxSink {

        private final int port;

        Remote(int port) {
            this.port = port;
        }

        @Override
        public String name() {
            return "remote";
        }

        @Override
        public Duration deliveryTimeout() {
            return Duration.ofMillis(900);
        }

        /** One in two hundred does not get through at first: so keys are taken out of the way while their owners die. */
        @Override
        public void send(List<OutboxMessage> messages, Deliveries answers) throws IOException, InterruptedException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) deliveryTimeout().toMillis());
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                answers.oneByOne(messages, message -> {
                    if (ThreadLocalRandom.current().nextInt(200) == 0) {
                        throw new IllegalStateException("not this time");
                    }
                    String line = new String(message.payload(), StandardCharsets.UTF_8) + "\tbucket " + message.bucket()
                            + " id " + message.id() + " epoch " + message.epoch() + " pid "
                            + ProcessHandle.current().pid() + "\n";
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    if (!"ok".equals(in.readLine())) {
                        throw new SinkUnavailableException("No answer");
                    }
                });
            }
        }
    }
}
