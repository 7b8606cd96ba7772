package io.plimsoll.benchmarks.outbox;

import io.plimsoll.outbox.EventType;

/**
 * The event that all contenders publish.
 *
 * @param number of this one in its turn, from 0
 * @param text makes up the size
 */
@EventType(name = "order.placed", version = 1)
record Placed(long number, String text) {

    private static final String START = "{\"number\":";
    private static final String MIDDLE = ",\"text\":\"";
    private static final int DIGITS = 7;

    /** @param bytes how long its JSON is about to be */
    static Placed of(long number, int bytes) {
        return new Placed(number, "x".repeat(Math.max(0, bytes - START.length() - DIGITS - MIDDLE.length() - 2)));
    }

    /** Ten have one. */
    String key() {
        return "order-" + number / 10;
    }

    /** Read from JSON without reading the rest: a sink that only counts should not be charged for it. */
    static long number(byte[] json) {
        long number = 0;
        for (int i = START.length(); json[i] != ','; i++) {
            number = 10 * number + json[i] - '0';
        }
        return number;
    }
}
