package io.plimsoll.spring.timeout;

/** For code that asked not to be interrupted: it ends at its next call, check or commit. */
record UninterruptibleHandle(String kind, String activity) implements CancelHandle {

    @Override
    public void cancel() {}
}
