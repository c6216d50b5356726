package dev.rac.service.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its headers whether a page of another site made a browser send a request. The browser sends the credentials
 * that it remembers along; what is no browser says nothing of where a request comes from. Pure.
 */
final class Browsers {
    private Browsers() {}

    /**
     * Whether it did: by Fetch Metadata (section 2.3), which browsers send over HTTPS and to localhost, or else by the
     * Fetch standard's {@code Origin}.
     *
     * @param header gives a header's value, or null
     */
    static boolean fromAnotherSite(Function<String, @Nullable String> header) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = header.apply("Origin");
        if (origin == null) {
            return false;
        }
        // Behind the front door, Host is this service's own name.
        String asked = header.apply("X-Forwarded-Host");
        String host = asked == null ? header.apply("Host") : asked;
        return host == null || !authority(origin).equals(host.toLowerCase(Locale.ROOT));
    }

    // Origin and Host both leave out a port that is the scheme's own.
    private static String authority(String origin) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
