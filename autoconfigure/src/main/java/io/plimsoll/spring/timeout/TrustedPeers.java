package io.plimsoll.spring.timeout;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Networks in CIDR notation (RFC 4632), of IPv4 and IPv6. Never looks a name up. */
final class TrustedPeers {

    /** Four numbers, or something with colons; the JDK also knows short forms such as 10.1. */
    private static final String LITERAL = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*";

    private final List<Network> networks;

    /** @throws InvalidConfigurationPropertyValueException if one is none */
    TrustedPeers(List<String> networks) {
        this.networks = networks.stream().map(TrustedPeers::parse).toList();
    }

    boolean contain(@Nullable String address) {
        byte[] bytes = address == null ? null : bytes(address);
        return bytes != null && networks.stream().anyMatch(network -> network.contains(bytes));
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address != null) {
            try {
                int bits = address.length * 8;
                int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                if (prefix >= 0 && prefix <= bits) {
                    return new Network(address.length, number(address), bits - prefix);
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
        }
        throw new InvalidConfigurationPropertyValueException(
                "plimsoll.timeout.wire.trusted-peers",
                text,
                "It is no address and no network: write 10.1.2.3, 10.0.0.0/8, ::1 or fd00::/8.");
    }

    /** IPv6 addresses that stand for IPv4 ones become those; a zone is dropped. */
    private static byte @Nullable [] bytes(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        if (!literal.matches(LITERAL)) {
            return null;
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    /** @param free how many of the lowest bits are free */
    private record Network(int length, BigInteger address, int free) {

        boolean contains(byte[] other) {
            return other.length == length && number(other).shiftRight(free).equals(address.shiftRight(free));
        }
    }
}
