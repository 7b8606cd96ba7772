package io.plimsoll.spring.outbox.webhook;

import io.plimsoll.outbox.sink.Deliveries;
import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.OutboxSink;
import io.plimsoll.spring.outbox.waves.Waves;
import io.plimsoll.spring.outbox.waves.Waves.Outcome;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;

/** Events to a URL: those of a key one after another, those of different keys at once. */
final class WebhookSink implements OutboxSink, DisposableBean {

    private static final int KEYS_AT_ONCE = 16;
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final HttpClient client;
    private final EventRequest requests;
    private final Duration timeout;
    private final Waves waves;

    /** @param timeout of one request */
    WebhookSink(EventRequest requests, Duration timeout) {
        this.requests = requests;
        this.timeout = timeout;
        // HTTP/1.1: an upgrade to HTTP/2 in the clear, which Java would ask for, is more than some receivers can take.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.dividedBy(2))
                .build();
        this.waves = Waves.of("webhook", KEYS_AT_ONCE, new Waves.Times(timeout, deliveryTimeout()));
    }

    @Override
    public String name() {
        return "webhook";
    }

    /** Events are sent for as long as one may take, and the last may take as long. */
    @Override
    public Duration deliveryTimeout() {
        return timeout.multipliedBy(2).plus(MARGIN);
    }

    @Override
    public void send(List<OutboxMessage> messages, Deliveries answers) {
        waves.send(messages, answers, this::start);
    }

    private void start(OutboxMessage message, Consumer<Outcome> outcome) {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(requests.of(message), BodyHandlers.discarding());
        // The timeout of the request ends with the first bytes of the answer; this one does not.
        CompletableFuture<HttpResponse<Void>> inTime =
                answer.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        inTime.whenComplete((response, failure) -> {
            if (failure == null) {
                outcome.accept(WebhookOutcomes.of(response.statusCode()));
            } else {
                answer.cancel(true);
                outcome.accept(WebhookOutcomes.of(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure));
            }
        });
    }

    @Override
    public void destroy() {
        waves.close();
    }
}
