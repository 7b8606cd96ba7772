package io.plimsoll.test;

/** A step of a polling loop. */
final class Pause {

    private Pause() {}

    /** @throws IllegalStateException if the thread is interrupted; the flag stays set */
    static void briefly() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a server", e);
        }
    }
}
