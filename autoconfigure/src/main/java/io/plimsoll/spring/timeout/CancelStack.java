package io.plimsoll.spring.timeout;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a thread under a budget is doing, innermost on top, and the one place where a cancel meets the thread.
 *
 * <p>The owner pushes a handle before a call that can be cancelled and pops it afterwards; cancel threads strike the
 * handle on top. The two exclude each other where it matters: while a strike is under way the owner neither pushes nor
 * pops nor leaves, so a strike always hits the work it was meant for, and work that has returned is never touched. The
 * monitor is never held during a cancel, only while the stack changes.
 *
 * <p>One stack per thread and outermost budget; nested budgets share it.
 */
final class CancelStack {

    private static final Log log = LogFactory.getLog(CancelStack.class);
    private static final CancelHandle OWN_CODE = new InterruptHandle("the application's own code");

    private final Thread owner;
    private @Nullable Frame top;
    private boolean interruptSent;

    CancelStack(Thread owner) {
        this.owner = owner;
    }

    Thread owner() {
        return owner;
    }

    /** Called by the owner: from now on a strike goes to this handle. */
    synchronized void push(CancelHandle handle) {
        awaitQuiet();
        Frame frame = new Frame(handle, top);
        frame.heldInterrupt = interruptSent && !handle.toleratesInterrupt() && Thread.interrupted();
        top = frame;
    }

    /** Called by the owner: the work of the last handle is over. */
    synchronized void pop() {
        awaitQuiet();
        Frame frame = top;
        if (frame == null) {
            throw new IllegalStateException("pop without push");
        }
        top = frame.below;
        if (frame.heldInterrupt) {
            owner.interrupt();
        }
    }

    /**
     * Called by the owner when a budget that has timed out ends: waits for a strike under way; afterwards none comes,
     * and the interrupt flag is as it was before ours.
     */
    synchronized void leave(Budget budget) {
        awaitQuiet();
        budget.setLeft();
        if (interruptSent) {
            interruptSent = false;
            // Ours, and nobody needs it any more. An interrupt from elsewhere that came after ours cannot be told
            // from it; one that came before is why interruptOwner() sends none.
            Thread.interrupted();
        }
    }

    /** Called by a cancel thread: ends what the owner is doing, by force if the same was already tried a grace ago. */
    void strike(Budget budget, long graceNanos) {
        Frame frame;
        boolean force;
        synchronized (this) {
            if (budget.hasLeft()) {
                return;
            }
            if (top == null) {
                top = new Frame(OWN_CODE, null);
            }
            frame = top;
            long now = System.nanoTime();
            force = frame.struck;
            if (force && now - frame.struckAt < graceNanos) {
                return;
            }
            frame.struck = true;
            frame.struckAt = now;
            frame.strikes++;
            budget.setActivity(frame.handle.activity());
        }
        try {
            if (force) {
                frame.handle.abort(this);
            } else {
                frame.handle.cancel(this);
            }
        } catch (Exception e) {
            log.debug("Could not cancel " + frame.handle.activity(), e);
        } finally {
            synchronized (this) {
                frame.strikes--;
                frame.aborted |= force;
                notifyAll();
            }
        }
    }

    /** Called by a handle, inside a strike. An interrupt that is already pending is left to whoever sent it. */
    synchronized void interruptOwner() {
        if (!owner.isInterrupted()) {
            interruptSent = true;
            owner.interrupt();
        }
    }

    /** A cancel that hangs although the work was since ended by force is not waited for. */
    private void awaitQuiet() {
        boolean interrupted = false;
        while (top != null && top.strikes > 0 && !top.aborted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            owner.interrupt();
        }
    }

    /** Guarded by the stack's monitor. */
    private static final class Frame {

        private final CancelHandle handle;
        private final @Nullable Frame below;
        private boolean heldInterrupt;
        private boolean struck;
        private boolean aborted;
        private long struckAt;
        private int strikes;

        Frame(CancelHandle handle, @Nullable Frame below) {
            this.handle = handle;
            this.below = below;
        }
    }
}
