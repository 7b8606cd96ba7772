package io.plimsoll.spring.timeout;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.util.PatternMatchUtils;

/** Tells the hosts that are to know it how much is left. Nobody else learns anything. */
final class WireHeader implements BudgetHeader {

    private final String[] hosts;

    WireHeader(List<String> hosts) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    @Override
    public void write(URI target, BudgetTerms terms, HttpHeaders headers) {
        String host = target.getHost();
        if (host != null && PatternMatchUtils.simpleMatch(hosts, host.toLowerCase(Locale.ROOT))) {
            headers.set(NAME, String.valueOf(Math.max(1, TimeUnit.NANOSECONDS.toMillis(terms.remainingNanos()))));
        }
    }
}
