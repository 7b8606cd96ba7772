package io.plimsoll.spring.outbox.webhook;

import java.nio.charset.StandardCharsets;

/** A value as the HTTP binding of CloudEvents writes it: what is no printable ASCII, and %, " and spaces, by percent. */
final class HeaderText {

    private HeaderText() {}

    static String encode(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each <= '~' && each != '"' && each != '%') {
                text.append((char) each);
            } else {
                text.append(String.format("%%%02X", each & 0xff));
            }
        }
        return text.toString();
    }
}
