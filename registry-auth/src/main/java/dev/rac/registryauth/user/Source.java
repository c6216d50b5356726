package dev.rac.registryauth.user;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What counts as one place that passwords come from: an IPv4 address, or an IPv6 /56, of which one customer often has
 * them all (RFC 6177).
 */
public record Source(String value) {
    /** The service itself. */
    static final Source OWN = new Source("own");

    private static final int PREFIX_BYTES = 7;

    /** The place of a client's IP address; of what is no address, one for them all. */
    public static Source of(String address) {
        try {
            return new Source(
                    InetAddress.ofLiteral(address) instanceof Inet6Address wide
                            ? HexFormat.of().formatHex(Arrays.copyOf(wide.getAddress(), PREFIX_BYTES))
                            : address);
        } catch (IllegalArgumentException e) {
            return new Source("unknown");
        }
    }
}
