package io.plimsoll.spring.timeout;

/** The last resort: for work that can be ended in no other way than by interrupting its thread. */
record InterruptHandle(String activity) implements CancelHandle {

    @Override
    public void cancel(CancelStack stack) {
        stack.interruptOwner();
    }

    @Override
    public void abort(CancelStack stack) {
        stack.interruptOwner();
    }

    @Override
    public boolean toleratesInterrupt() {
        return true;
    }
}
