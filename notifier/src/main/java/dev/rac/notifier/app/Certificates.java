package dev.rac.notifier.app;

import dev.rac.notifier.image.HttpCaller;
import dev.rac.notifier.image.UnavailableException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** The certificates that registry-auth's tokens are verified with, {@code GET /certificates}. Thread-safe. */
final class Certificates {
    private static final long MAX_BYTES = 262_144;
    private static final byte[] NOTHING = {};
    // A certificate that is not known may be a new one; asking more often would let anybody make us ask.
    private static final Duration MIN_AGE = Duration.ofSeconds(10);
    // A key that leaked is dropped from the bundle, and must not count for long after that.
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final HttpCaller http;
    private final URI uri;
    private final Clock clock;
    private List<X509Certificate> known = List.of();
    private Instant readAt = Instant.MIN;

    Certificates(HttpCaller http, URI server, Clock clock) {
        this.http = http;
        this.uri = server.resolve("/certificates");
        this.clock = clock;
    }

    /**
     * Whether registry-auth vouches for a certificate now: it is in the bundle, or was issued by one that is.
     *
     * @throws UnavailableException if the bundle cannot be read
     */
    boolean trusts(X509Certificate leaf) {
        return trusts(leaf, current(MAX_AGE)) || trusts(leaf, current(MIN_AGE));
    }

    private boolean trusts(X509Certificate leaf, List<X509Certificate> bundle) {
        try {
            leaf.checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            return false;
        }
        return bundle.stream().anyMatch(trusted -> trusted.equals(leaf) || issued(trusted, leaf));
    }

    private boolean issued(X509Certificate authority, X509Certificate leaf) {
        try {
            authority.checkValidity(Date.from(clock.instant()));
            leaf.verify(authority.getPublicKey());
            return authority.getBasicConstraints() >= 0
                    && leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private synchronized List<X509Certificate> current(Duration maxAge) {
        Instant now = clock.instant();
        if (readAt.equals(Instant.MIN) || Duration.between(readAt, now).compareTo(maxAge) >= 0) {
            known = read();
            readAt = now;
        }
        return known;
    }

    private List<X509Certificate> read() {
        HttpCaller.Response response =
                http.send("registry-auth", HttpRequest.newBuilder(uri).build(), MAX_BYTES);
        byte[] body = response.body().orElse(NOTHING);
        if (response.status() != 200) {
            throw new UnavailableException("registry-auth answered " + response.status() + " at /certificates");
        }
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(body)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new UnavailableException("registry-auth's /certificates are no PEM bundle", e);
        }
    }
}
