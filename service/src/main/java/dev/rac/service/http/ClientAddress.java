package dev.rac.service.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The IP address that a request comes from: the sender's own or, where the sender is trusted, the last one of
 * {@code X-Forwarded-For}, which is the one that the sender itself added. What is before it, a client may have said.
 */
public final class ClientAddress {
    /** The header's name. */
    public static final String HEADER = "X-Forwarded-For";

    private static final Key<TrustedProxies> PROXIES = new Key<>("trusted-proxies");

    private ClientAddress() {}

    static void trust(JavalinConfig config, TrustedProxies proxies) {
        config.appData(PROXIES, proxies);
    }

    /** The address in its usual form, never a name. */
    public static String of(Context ctx) {
        return find(ctx.req().getRemoteAddr(), Collections.list(ctx.req().getHeaders(HEADER)), ctx.appData(PROXIES));
    }

    static String find(String peer, List<String> forwarded, TrustedProxies proxies) {
        Optional<InetAddress> sender = literal(peer);
        if (sender.isEmpty()) {
            return peer;
        }
        if (forwarded.isEmpty() || !proxies.contains(sender.get())) {
            return sender.get().getHostAddress();
        }
        String header = forwarded.getLast();
        String last = header.substring(header.lastIndexOf(',') + 1).strip();
        return literal(last).orElse(sender.get()).getHostAddress();
    }

    // Some proxies add a port, and brackets around IPv6; a zone is of no use elsewhere.
    private static Optional<InetAddress> literal(String text) {
        String host = text;
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            host = end < 0 ? "" : host.substring(1, end);
        } else if (host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':')) {
            host = host.substring(0, host.indexOf(':'));
        }
        int zone = host.indexOf('%');
        try {
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? host : host.substring(0, zone)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
