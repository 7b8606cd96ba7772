package io.plimsoll.spring.outbox.webhook;

import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

/** What an answer of the receiver says, or that there is none. */
final class WebhookOutcomes {

    /**
     * It takes none of them at present: it is down or has had too many, or the URL or the secret is not right. Giving up events
     * for a secret that was changed would be to give up all.
     */
    private static final Set<Integer> UNAVAILABLE = Set.of(401, 403, 404, 405, 407, 410, 429, 503);

    /** It may take this one another time. */
    private static final Set<Integer> LATER = Set.of(408, 425);

    private WebhookOutcomes() {}

    static Outcome of(int status) {
        String why = "the receiver answered " + status;
        if (status >= 200 && status < 300) {
            return Outcome.delivered();
        }
        if (UNAVAILABLE.contains(status)) {
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
