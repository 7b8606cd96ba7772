package io.plimsoll.outbox.sink;

import java.util.StringJoiner;

/** What went wrong and where, without what exceptions say: that may be a key, or something of a payload. */
final class Causes {

    /** As many as help. */
    private static final int CAUSES = 4;

    private Causes() {}

    static String of(Throwable failure) {
        StringJoiner text = new StringJoiner(", caused by ");
        int left = CAUSES;
        for (Throwable each = failure; each != null && left > 0; each = each.getCause(), left--) {
            StackTraceElement[] trace = each.getStackTrace();
            text.add(each.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
        }
        return text.toString();
    }
}
