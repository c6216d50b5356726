package dev.rac.edgeproxy.forward;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a client's headers goes upstream. */
final class RequestHeaders {
    private static final String FORWARDED_PREFIX = "x-forwarded-";
    private static final HttpString FORWARDED = new HttpString("Forwarded");
    private static final HttpString VIA = new HttpString("Via");
    private static final String VIA_HTTP_1_1 = "1.1 rac";

    /** Said by a client, they would be lies; {@code Proxy} becomes an environment variable in CGI programs. */
    private static final Set<HttpString> UNTRUSTED = Set.of(
            FORWARDED,
            new HttpString("X-Real-IP"),
            new HttpString("X-Client-IP"),
            new HttpString("True-Client-IP"),
            new HttpString("Proxy"));

    private RequestHeaders() {}

    /**
     * Drops what is for this hop alone (RFC 9110, section 7.6.1) or may not come from a client, and says which host was
     * asked, with its port. The handler adds the client's address, the scheme and the port.
     */
    static void prepare(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        for (HttpString name : untrusted(headers)) {
            headers.remove(name);
        }
        HopByHop.Asked asked = HopByHop.drop(headers, true);
        if (asked.close()) {
            exchange.setPersistent(false);
        }
        if (!asked.upgrade() || isHttp2(headers.getFirst(Headers.UPGRADE))) {
            headers.remove(Headers.CONNECTION);
            headers.remove(Headers.UPGRADE);
        }
        // In HTTP/2 the client says the scheme.
        exchange.setRequestScheme(exchange.getConnection().getSslSessionInfo() == null ? "http" : "https");
        String host = headers.getFirst(Headers.HOST);
        headers.put(Headers.X_FORWARDED_HOST, host);
        headers.put(FORWARDED, forwarded(exchange, host));
        // RFC 9110, section 7.6.3: one who forwards says so, after those who did before.
        headers.add(VIA, via(exchange));
    }

    /** RFC 7239, section 4: the same as the X-Forwarded headers, in the standard's form. */
    private static String forwarded(HttpServerExchange exchange, String host) {
        InetAddress client = exchange.getSourceAddress().getAddress();
        String address = client.getHostAddress();
        String node = client instanceof Inet6Address ? "\"[" + address + "]\"" : address;
        // A host that has been routed by has no quote in it.
        return "for=" + node + ";host=\"" + host + "\";proto=" + exchange.getRequestScheme();
    }

    private static String via(HttpServerExchange exchange) {
        if (exchange.isHttp11()) {
            return VIA_HTTP_1_1;
        }
        return exchange.getProtocol().toString().substring("HTTP/".length()) + " rac";
    }

    // Another version of HTTP is agreed hop by hop; only what is not HTTP goes through to the app.
    private static boolean isHttp2(@Nullable String upgrade) {
        return upgrade != null && upgrade.strip().regionMatches(true, 0, "h2c", 0, 3);
    }

    private static List<HttpString> untrusted(HeaderMap headers) {
        List<HttpString> found = List.of();
        for (long cookie = headers.fastIterateNonEmpty(); cookie != -1L; cookie = headers.fiNextNonEmpty(cookie)) {
            HeaderValues values = headers.fiCurrent(cookie);
            if (isUntrusted(values.getHeaderName())) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(values.getHeaderName());
            }
        }
        return found;
    }

    private static boolean isUntrusted(HttpString name) {
        int first = name.length() == 0 ? 0 : name.byteAt(0) | 0x20;
        // Nearly every header is known to be harmless by its first letter.
        return switch (first) {
            case 'f', 'p', 't' -> UNTRUSTED.contains(name);
            case 'x' ->
                UNTRUSTED.contains(name)
                        || name.toString().toLowerCase(Locale.ROOT).startsWith(FORWARDED_PREFIX);
            default -> false;
        };
    }
}
