package dev.rac.registryauth.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one place: an IPv4 address, or an IPv6 /64, of which one customer has them all (RFC 6177). */
final class Source {
    private static final int PREFIX_BYTES = 8;

    private Source() {}

    static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address wide
                    ? HexFormat.of().formatHex(Arrays.copyOf(wide.getAddress(), PREFIX_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }
}
