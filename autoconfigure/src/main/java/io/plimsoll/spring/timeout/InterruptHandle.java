package io.plimsoll.spring.timeout;

/** The last resort: for work that can be ended in no other way than by interrupting its thread. */
record InterruptHandle(String kind, String activity) implements CancelHandle {

    @Override
    public void cancel() {}

    @Override
    public boolean interruptible() {
        return true;
    }
}
