package io.plimsoll.spring.timeout;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code plimsoll.timeout.wire.*}.
 *
 * @param sendTo Hosts that are told, in a Plimsoll-Budget header, how much of a call's budget is left: names such as
 *     payments, or patterns such as *.internal.
 * @param mode What is done about the Plimsoll-Budget header of a request: off, observe or enforce.
 * @param trustedPeers Addresses whose header is believed, such as 10.0.0.0/8 or 127.0.0.1.
 * @param max The longest budget that a request can bring.
 */
record WireProperties(
        @DefaultValue List<String> sendTo,
        @DefaultValue("off") Mode mode,
        @DefaultValue List<String> trustedPeers,
        @DefaultValue("30s") Duration max) {

    /** What is done about what a caller says. */
    enum Mode {
        /** Nothing. */
        OFF,
        /** It is counted which requests end later than their caller waits for. */
        OBSERVE,
        /** Budgets end no later than the caller's. */
        ENFORCE
    }

    WireProperties {
        sendTo = List.copyOf(sendTo);
        trustedPeers = List.copyOf(trustedPeers);
        if (max.isNegative() || max.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.timeout.wire.max", max, "A budget must be positive, such as 30s.");
        }
        if (mode != Mode.OFF && trustedPeers.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    "plimsoll.timeout.wire.trusted-peers",
                    trustedPeers,
                    "Whoever can send a Plimsoll-Budget header could have requests cut, so it must be said whose is"
                            + " believed: the addresses that your services' connections come from, such as 10.0.0.0/8. A"
                            + " proxy among them must drop the header of everybody else.");
        }
    }
}
