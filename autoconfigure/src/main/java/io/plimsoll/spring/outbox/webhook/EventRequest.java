package io.plimsoll.spring.outbox.webhook;

import io.plimsoll.outbox.sink.OutboxMessage;
import io.plimsoll.outbox.sink.RejectedMessageException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as a request: CloudEvents 1.0 over HTTP, binary mode, signed as Standard Webhooks says. */
final class EventRequest {

    private final WebhookSinkProperties properties;
    private final String source;
    private final Clock clock;
    private final @Nullable Signature signature;

    /**
     * @param source the application that events come from
     * @param clock of the time in the signature, which receivers hold against theirs
     */
    EventRequest(WebhookSinkProperties properties, String source, Clock clock) {
        this.properties = properties;
        this.source = source;
        this.clock = clock;
        byte[] key = properties.key();
        this.signature = key == null ? null : new Signature(key);
    }

    /** @throws RejectedMessageException if it has a header that HTTP does not let through */
    HttpRequest of(OutboxMessage message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(properties.url())
                .timeout(properties.timeout())
                .POST(BodyPublishers.ofByteArray(message.payload()));
        Map<String, String> ours = headers(message);
        try {
            message.headers().forEach((name, value) -> {
                if (!ours.containsKey(name.toLowerCase(Locale.ROOT))) {
                    request.setHeader(name, HeaderText.encode(value));
                }
            });
        } catch (IllegalArgumentException e) {
            throw new RejectedMessageException("a header of it may not be sent over HTTP");
        }
        ours.forEach(request::setHeader);
        return request.build();
    }

    /** Ours, with names in small letters; those of the publisher do not get through against them. */
    private Map<String, String> headers(OutboxMessage message) {
        String id = message.eventId().toString();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", id);
        headers.put("ce-source", HeaderText.encode(source));
        headers.put("ce-type", HeaderText.encode(message.type()));
        headers.put("ce-time", message.occurredAt().toString());
        headers.put("ce-plimsollversion", String.valueOf(message.version()));
        String key = message.key();
        if (key != null) {
            headers.put("ce-partitionkey", HeaderText.encode(key));
        }
        headers.put("plimsoll-epoch", String.valueOf(message.epoch()));
        headers.put("webhook-id", id);
        long now = clock.instant().getEpochSecond();
        headers.put("webhook-timestamp", String.valueOf(now));
        if (signature != null) {
            headers.put("webhook-signature", signature.of(id, now, message.payload()));
        }
        return headers;
    }
}
