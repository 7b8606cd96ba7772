package io.plimsoll.spring.timeout;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a thread under a budget is doing, innermost on top, and the one place where a cancel meets the thread.
 *
 * <p>The owner pushes a handle before a call that can be cancelled and pops it afterwards; cancel threads strike the
 * handle on top. The two exclude each other where it matters: the owner does not get past a push, a pop or its leaving
 * while the frame that was on top is being struck, so a strike always hits the work it was meant for, and work that has
 * returned is never touched.
 *
 * <p>Until the first strike the owner pays one volatile write and one volatile read per step: it moves {@code top},
 * then reads {@code struck}, while a strike sets {@code struck}, then reads {@code top}; so either the strike sees the
 * new top, or the owner sees the strike and waits for it (Dekker). The monitor is never held during a cancel.
 *
 * <p>One stack per thread and outermost budget; nested budgets share it.
 */
final class CancelStack {

    private static final Log log = LogFactory.getLog(CancelStack.class);
    static final CancelHandle OWN_CODE = new InterruptHandle("code", "the application's own code");
    private static final CancelHandle LEFT_ALONE =
            new UninterruptibleHandle(OWN_CODE.kind(), "the application's own code, which is not interrupted");

    private final Thread owner;

    /** Written by the owner; null while it is in its own code. */
    private volatile @Nullable Frame top;

    /** Set by the first strike, never reset. */
    private volatile boolean struck;

    /** What the owner last said to be under way elsewhere, on its behalf. */
    private volatile @Nullable InFlight inFlight;

    /** What the owner has left and waits for, because it was being struck. Guarded by this. */
    private @Nullable Frame awaited;

    /** Stands for the owner's own code, once it is struck. Guarded by this. */
    private @Nullable Frame ownCode;

    /** Whether the owner's interrupt flag may be set because of us. Guarded by this. */
    private boolean interruptSent;

    CancelStack(Thread owner) {
        this.owner = owner;
    }

    Thread owner() {
        return owner;
    }

    /** Called by the owner: from now on a strike goes to this handle. */
    void push(CancelHandle handle) {
        Frame below = top;
        Frame frame = new Frame(handle, below);
        top = frame;
        if (struck) {
            afterPush(frame);
        }
    }

    /**
     * Called by the owner: own code begins that is interrupted, or not, whatever the code around it is.
     *
     * @return whether a {@link #pop} has to follow
     */
    boolean pushOwnCode(boolean interrupt) {
        if (interrupt && top == null) {
            return false;
        }
        push(interrupt ? OWN_CODE : LEFT_ALONE);
        return true;
    }

    private synchronized void afterPush(Frame frame) {
        awaitQuiet(frame.below);
        hold(frame);
    }

    /** Keeps a pending interrupt of ours from work that it would harm, until that is over. */
    private void hold(Frame frame) {
        if (interruptSent && !frame.handle.interruptible() && Thread.interrupted()) {
            frame.heldInterrupt = true;
        }
    }

    /** Called by the owner: the work of the last handle is over. */
    void pop() {
        Frame frame = top;
        if (frame == null) {
            throw new IllegalStateException("pop without push");
        }
        top = frame.below;
        if (struck) {
            afterPop(frame);
        }
    }

    private synchronized void afterPop(Frame frame) {
        awaitQuiet(frame);
        if (frame.heldInterrupt) {
            owner.interrupt();
        }
        hold(frameOf(frame.below));
    }

    /**
     * Called by the owner when a budget that has timed out ends: waits for a strike under way; afterwards none comes,
     * and the interrupt flag is as it was before ours; unless the caller has timed out as well: that strike may have
     * hit what left just now, and is made up for.
     */
    synchronized void leave(Budget budget) {
        awaitQuiet(top);
        budget.setLeft();
        Frame callers = frameOf(top);
        // What comes now is other work: a strike at it is the first.
        callers.struckAt = 0;
        if (budget.isCallerStruck()) {
            hold(callers);
            if (callers.handle.interruptible()) {
                interruptOwner();
            }
        } else if (interruptSent) {
            interruptSent = false;
            for (Frame frame = callers; frame != null; frame = frame.below) {
                frame.heldInterrupt = false;
            }
            // Ours, and nobody needs it any more. An interrupt from elsewhere that came after ours cannot be told
            // from it; one that came before is why interruptOwner() sends none.
            Thread.interrupted();
        }
    }

    /** Called by a cancel thread: ends what the owner is doing, by force if the same was already tried a grace ago. */
    void strike(Budget budget, long graceNanos) {
        strike(budget, graceNanos, false);
    }

    /**
     * Does what {@link #strike} does if the owner is in its own code, which takes an interrupt and never blocks.
     *
     * @return false if the owner is in something else; nothing has happened then
     */
    boolean strikeOwnCode(Budget budget, long graceNanos) {
        return strike(budget, graceNanos, true);
    }

    private boolean strike(Budget budget, long graceNanos, boolean ownCodeOnly) {
        struck = true;
        Frame frame;
        CancelHandle handle;
        boolean force;
        synchronized (this) {
            if (budget.hasLeft()) {
                return true;
            }
            frame = awaited != null ? awaited : frameOf(top);
            handle = target(frame, budget);
            if (ownCodeOnly && handle != OWN_CODE) {
                return false;
            }
            budget.setCut(handle);
            force = frame.struckAt != 0;
            long now = System.nanoTime();
            if (force && now - frame.struckAt < graceNanos) {
                return true;
            }
            frame.struckAt = now == 0 ? 1 : now;
            frame.strikes++;
        }
        boolean ended = false;
        try {
            if (force) {
                handle.abort();
                // An interrupt ends nothing by force, and never hangs: the next one is waited for like the first.
                ended = !frame.handle.interruptible();
            } else {
                handle.cancel();
            }
        } catch (Exception e) {
            log.debug("Could not cancel " + handle.activity(), e);
        } finally {
            synchronized (this) {
                if (frame.handle.interruptible()) {
                    interruptOwner();
                }
                frame.strikes--;
                frame.aborted |= ended;
                notifyAll();
            }
        }
        return true;
    }

    /** Called by the owner: see {@link CallBudget#watch}. */
    void watch(InFlight call) {
        inFlight = call;
    }

    /** Own code that waits for a call elsewhere: it is that call that must end, if the budget is one that it runs under. */
    private CancelHandle target(Frame frame, Budget struckBudget) {
        if (frame.handle != OWN_CODE && frame.handle != LEFT_ALONE) {
            return frame.handle;
        }
        InFlight watched = inFlight;
        CancelHandle call = watched != null && watched.isWithin(struckBudget) ? InFlight.handleOf(watched) : null;
        return call != null ? call : frame.handle;
    }

    private Frame frameOf(@Nullable Frame frame) {
        if (frame != null) {
            return frame;
        }
        if (ownCode == null) {
            ownCode = new Frame(OWN_CODE, null);
        }
        return ownCode;
    }

    /** An interrupt that is already pending is left to whoever sent it. */
    private synchronized void interruptOwner() {
        if (!owner.isInterrupted()) {
            interruptSent = true;
            owner.interrupt();
        }
    }

    /** A cancel that hangs although the work was since ended by force is not waited for. */
    private void awaitQuiet(@Nullable Frame struckFrame) {
        Frame frame = frameOf(struckFrame);
        awaited = frame; // The next strike is for what hangs, although it is not on top any more.
        boolean interrupted = false;
        while (frame.strikes > 0 && !frame.aborted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        awaited = null;
        if (interrupted) {
            owner.interrupt();
        }
    }

    /** Its mutable part is guarded by the stack's monitor. */
    private static final class Frame {

        private final CancelHandle handle;
        private final @Nullable Frame below;
        private boolean heldInterrupt;
        private boolean aborted;
        private int strikes;

        /** When it was last struck; 0 for never. */
        private long struckAt;

        Frame(CancelHandle handle, @Nullable Frame below) {
            this.handle = handle;
            this.below = below;
        }
    }
}
