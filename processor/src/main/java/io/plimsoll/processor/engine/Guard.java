package io.plimsoll.processor.engine;

import java.util.HashSet;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps a defect of Plimsoll from failing a build that is not at fault: one warning per culprit, no more. Under
 * {@code -Werror} the build fails, as with any warning: whoever asks for that wants to know what was not checked. Where
 * a companion could not be written, the application refuses to start.
 */
final class Guard {

    private final Set<String> warned = new HashSet<>();
    private final Consumer<String> warn;

    Guard(Consumer<String> warn) {
        this.warn = warn;
    }

    void run(String culprit, Runnable work) {
        run(() -> culprit, work);
    }

    /** As {@link #run(String, Runnable)}, with a name that is asked for only if it comes to that. */
    void run(Supplier<String> culprit, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError | ServiceConfigurationError | AssertionError | StackOverflowError e) {
            if (warned.add(culprit.get())) {
                warn.accept("[" + culprit.get() + "] failed inside and did not check everything. This is a defect of"
                        + " Plimsoll, not of your code. Fix: report it, with this text: " + describe(e));
            }
        }
    }

    /** Whether a culprit has not done all of its work. */
    boolean hasFailed(String culprit) {
        return warned.contains(culprit);
    }

    private static String describe(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
