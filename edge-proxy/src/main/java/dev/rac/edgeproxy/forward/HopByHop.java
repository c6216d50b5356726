package dev.rac.edgeproxy.forward;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Locale;

/** Headers that are for one hop alone (RFC 9110, section 7.6.1). */
final class HopByHop {
    private static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
    private static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");

    /**
     * What the {@code Connection} header asked for.
     *
     * @param upgrade another protocol
     * @param close the connection's end after this message
     */
    record Asked(boolean upgrade, boolean close) {
        private static final Asked NOTHING = new Asked(false, false);
    }

    private HopByHop() {}

    /**
     * Drops them, and those that the {@code Connection} header names. {@code Transfer-Encoding} and {@code Upgrade} are
     * left to whom they concern.
     *
     * @param request whether they are a request's, where {@code TE: trailers} is kept for gRPC
     */
    static Asked drop(HeaderMap headers, boolean request) {
        headers.remove(KEEP_ALIVE);
        headers.remove(PROXY_CONNECTION);
        if (request) {
            onlyTrailers(headers);
        }
        HeaderValues connection = headers.get(Headers.CONNECTION);
        if (connection == null) {
            return Asked.NOTHING;
        }
        boolean upgrade = false;
        boolean close = false;
        for (String value : connection.toArray()) {
            for (String token : value.split(",", -1)) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                upgrade |= name.equals("upgrade");
                close |= name.equals("close");
                if (mayBeNamed(name)) {
                    headers.remove(new HttpString(name));
                }
            }
        }
        if (upgrade) {
            headers.put(Headers.CONNECTION, Headers.UPGRADE_STRING);
        } else {
            headers.remove(Headers.CONNECTION);
        }
        return new Asked(upgrade, close);
    }

    /** A client must not make us drop what decides where the message ends, or whom it is for. */
    private static boolean mayBeNamed(String name) {
        return switch (name) {
            case "", "close", "keep-alive", "upgrade", "te", "transfer-encoding", "content-length", "host" -> false;
            default -> !name.startsWith("x-forwarded-") && name.chars().allMatch(c -> c > ' ' && c < 127);
        };
    }

    private static void onlyTrailers(HeaderMap headers) {
        HeaderValues te = headers.get(Headers.TE);
        if (te == null) {
            return;
        }
        if (te.toString().toLowerCase(Locale.ROOT).contains("trailers")) {
            headers.put(Headers.TE, "trailers");
        } else {
            headers.remove(Headers.TE);
        }
    }
}
