package io.plimsoll.spring.timeout.webclient;

import io.plimsoll.spring.timeout.CancelHandle;
import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One exchange over HTTP, from its subscription to the end of its body. Thread-safe. */
final class Exchange implements CancelHandle {

    private final String activity;
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private volatile boolean isCut;
    private volatile boolean done;

    Exchange(URI uri) {
        this.activity = "an HTTP call to " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** Completes when the exchange has to end. */
    Mono<Void> end(Duration rest) {
        return Mono.firstWithSignal(
                Mono.delay(rest).doOnNext(now -> isCut = true).then(), cut.asMono());
    }

    /** Whether it was ended before its time. */
    boolean isCut() {
        return isCut;
    }

    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    @Override
    public void cancel() {
        isCut = true;
        cut.tryEmitEmpty();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public String activity() {
        return activity;
    }
}
