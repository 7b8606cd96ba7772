package io.plimsoll.spring.timeout;

import io.plimsoll.timeout.TimeoutExceededException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** One line for each call that was cut: the budget, who set it, how much was spent, and where. */
final class TimeoutLog implements TimeoutReport {

    private static final Log log = LogFactory.getLog("io.plimsoll.timeout");

    @Override
    public void cut(TimeoutExceededException failure) {
        if (log.isDebugEnabled()) {
            log.warn(failure.getMessage(), failure);
        } else {
            log.warn(failure.getMessage());
        }
    }
}
