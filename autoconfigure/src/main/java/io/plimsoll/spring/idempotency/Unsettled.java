package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.CallInFlightException;
import io.plimsoll.idempotency.StoreUnavailableException;

/**
 * Whether a message was not processed for a reason that passes: another consumer is at it, or the store does not answer.
 * Such a message must come again, however often: whoever is at it may still fail. For Plimsoll's own integrations.
 */
public final class Unsettled {

    private Unsettled() {}

    public static boolean isIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause() == each ? null : each.getCause()) {
            if (each instanceof CallInFlightException || each instanceof StoreUnavailableException) {
                return true;
            }
        }
        return false;
    }
}
