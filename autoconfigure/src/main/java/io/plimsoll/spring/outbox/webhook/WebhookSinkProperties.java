package io.plimsoll.spring.outbox.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.outbox.webhook.*}.
 *
 * @param url Where events are posted to. There is no such sink without it.
 * @param secret What they are signed with: a text, or whsec_ and base64, as Standard Webhooks writes it. Not signed without it.
 * @param timeout How long the receiver may take to answer one event. A batch may take twice as long, which must be less than
 *     plimsoll.outbox.lease.
 */
@ConfigurationProperties("plimsoll.outbox.webhook")
record WebhookSinkProperties(
        @Nullable URI url,
        @Nullable String secret,
        @DefaultValue("5s") Duration timeout) {

    private static final String PREFIX = "whsec_";

    WebhookSinkProperties {
        if (url == null
                || url.getHost() == null
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.webhook.url",
                    url,
                    "It must be an absolute URL that begins with https:// or http://.");
        }
        if (timeout.toMillis() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.webhook.timeout", timeout, "It must be positive; 5s is the default.");
        }
        if (secret != null && (secret.isBlank() || !isReadable(secret))) {
            // Without the value, which people would read in a log.
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.outbox.webhook.secret",
                    "******",
                    "It must be a text that is not blank, or whsec_ followed by base64. Remove it to send without a signature.");
        }
    }

    private static boolean isReadable(String secret) {
        try {
            return bytes(secret).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Null if events are not to be signed. */
    byte @Nullable [] key() {
        return secret == null ? null : bytes(secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookSinkProperties[url=" + url + ", timeout=" + timeout + "]";
    }
}
