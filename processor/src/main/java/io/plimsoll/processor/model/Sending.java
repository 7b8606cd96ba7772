package io.plimsoll.processor.model;

/** What a call sends out of the process, and whether the caller waits. */
public enum Sending {
    /** A request to another service; the caller waits for the answer. */
    CALL,
    /** As {@link #CALL}, of a method that has no body and whose type says what is called: {@code @FeignClient}. */
    DECLARED_CALL,
    /** A request whose answer comes with a future or a publisher: only who asks that for it waits. */
    CALL_LATER,
    /** A message to a broker; the caller waits for the reply of whoever receives it. */
    REQUEST,
    /** A message to a broker. */
    MESSAGE
}
