package io.plimsoll.spring.timeout;

/** For code that asked not to be interrupted: it ends at its next JDBC call, check or commit. */
record UninterruptibleHandle(String activity) implements CancelHandle {

    @Override
    public void cancel(CancelStack stack) {}

    @Override
    public void abort(CancelStack stack) {}

    @Override
    public boolean toleratesInterrupt() {
        return false;
    }
}
