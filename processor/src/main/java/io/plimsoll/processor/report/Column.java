package io.plimsoll.processor.report;

/** The columns of the report, in their order. */
public enum Column {
    TIMEOUT("timeout"),
    IDEMPOTENCY("idempotency"),
    RETRY("retry"),
    CACHE("cache"),
    OUTBOX("outbox");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
