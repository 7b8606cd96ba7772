package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Halts a process, and lets it go on. */
final class Signals {

    private Signals() {}

    static void halt(long pid) {
        send("STOP", pid);
    }

    static void goOn(long pid) {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
