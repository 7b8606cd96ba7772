package io.plimsoll.spring.outbox.webhook;

import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

/** What an answer of the receiver says, or that there is none. */
final class WebhookOutcomes {

    private static final int UNAVAILABLE = 503;

    /** It may take it another time: it was too slow, or has had too many. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private WebhookOutcomes() {}

    static Outcome of(int status) {
        String why = "the receiver answered " + status;
        if (status >= 200 && status < 300) {
            return Outcome.delivered();
        }
        if (status == UNAVAILABLE) {
            return Outcome.unavailable(why);
        }
        if (status >= 400 && status < 500 && !LATER.contains(status)) {
            return Outcome.rejected(why);
        }
        return Outcome.failed(why);
    }

    static Outcome of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException) {
                return Outcome.unavailable(
                        "the receiver cannot be reached: " + each.getClass().getSimpleName());
            }
        }
        return Outcome.failed(failure.getClass().getSimpleName());
    }
}
