package dev.rac.edgeproxy.route;

import java.util.Locale;

/** Host names as they stand in a {@code Host} header (RFC 9110, section 7.2). Pure. */
public final class HostName {
    private HostName() {}

    /**
     * The host alone: in lower case, without port and without the trailing dot of a fully qualified name. An IPv6
     * literal keeps its brackets.
     */
    public static String of(String hostHeader) {
        String host = withoutPort(hostHeader);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /** Whether it is an address of this machine itself: {@code 127.0.0.0/8} or {@code [::1]}. */
    static boolean isLoopbackAddress(String host) {
        return host.equals("[::1]")
                || (host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    /** Whether only this machine itself has the host: {@code localhost}, what is under it, or a loopback address. */
    public static boolean isLocal(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || isLoopbackAddress(host);
    }

    private static String withoutPort(String hostHeader) {
        if (hostHeader.startsWith("[")) {
            int bracket = hostHeader.indexOf(']');
            return bracket < 0 ? hostHeader : hostHeader.substring(0, bracket + 1);
        }
        int colon = hostHeader.indexOf(':');
        return colon < 0 ? hostHeader : hostHeader.substring(0, colon);
    }
}
