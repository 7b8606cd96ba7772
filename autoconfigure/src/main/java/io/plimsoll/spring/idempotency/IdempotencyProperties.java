package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Mode;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * {@code plimsoll.idempotency.*}.
 *
 * @param mode What a method does whose annotation leaves its mode to the application: auto, transactional or lease.
 * @param leaseStore Where LEASE keeps its claims, if there are both a database and a Redis. The database by default.
 * @param maxRequestSize How long the body of a request to an idempotent handler may be.
 * @param maxOutcomeSize How long a recorded answer may be. A longer one is given once and not kept.
 * @param responseHeaders Which headers of a response are recorded and replayed.
 * @param keyReusedStatus The status of a key that comes again with another payload: 409 or 422.
 * @param escapedWork What to do about work in an idempotent method that leaves its transaction.
 * @param cleanupInterval How often records are deleted whose time is over.
 * @param cleanupBatchSize How many of them in one transaction.
 */
@ConfigurationProperties("plimsoll.idempotency")
record IdempotencyProperties(
        @DefaultValue("auto") Mode mode,
        Stores.@Nullable LeaseStore leaseStore,
        @DefaultValue("1MB") DataSize maxRequestSize,
        @DefaultValue("1MB") DataSize maxOutcomeSize,

        @DefaultValue({
            "Cache-Control",
            "Content-Disposition",
            "Content-Language",
            "Content-Location",
            "Content-Type",
            "ETag",
            "Expires",
            "Last-Modified",
            "Link",
            "Location"
        })
        Set<String> responseHeaders,

        @DefaultValue("409") int keyReusedStatus,
        @DefaultValue("warn") EscapedWork escapedWork,
        @DefaultValue("1m") Duration cleanupInterval,
        @DefaultValue("500") int cleanupBatchSize) {

    private static final Set<String> NEVER_KEPT =
            Set.of("set-cookie", "set-cookie2", "authorization", "proxy-authorization", "www-authenticate");

    /** What to do about work that leaves the transaction. */
    enum EscapedWork {

        /** One warning per method. */
        WARN,

        /** The call fails. */
        FAIL
    }

    IdempotencyProperties {
        for (String header : responseHeaders) {
            require(
                    !NEVER_KEPT.contains(header.toLowerCase(Locale.ROOT)),
                    "response-headers",
                    header,
                    "Credentials are never recorded: another caller could be given them.");
        }
        require(
                keyReusedStatus == 409 || keyReusedStatus == 422,
                "key-reused-status",
                keyReusedStatus,
                "It must be 409 or 422.");
        requirePositive("max-request-size", maxRequestSize, maxRequestSize.toBytes());
        requirePositive("max-outcome-size", maxOutcomeSize, maxOutcomeSize.toBytes());
        requirePositive("cleanup-interval", cleanupInterval, cleanupInterval.toMillis());
        requirePositive("cleanup-batch-size", cleanupBatchSize, cleanupBatchSize);
    }

    private static void requirePositive(String name, Object value, long number) {
        require(number > 0 && number < Integer.MAX_VALUE, name, value, "It must be positive, and below 2^31.");
    }

    private static void require(boolean valid, String name, Object value, String reason) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException("plimsoll.idempotency." + name, value, reason);
        }
    }
}
