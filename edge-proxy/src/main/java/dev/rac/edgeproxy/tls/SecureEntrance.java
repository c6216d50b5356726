package dev.rac.edgeproxy.tls;

import dev.rac.certs.TlsCertificates;
import dev.rac.edgeproxy.forward.Https;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The front door's HTTPS, with a certificate of the local authority for the domain and the apps under it. */
public final class SecureEntrance {
    private static final String DIRECTORY = "certs";

    private SecureEntrance() {}

    /**
     * Reads or makes the certificate.
     *
     * @param port the port, or 0 for any free one
     * @param data what is kept of this RAC; the authority is in its directory {@code certs}
     * @throws dev.rac.certs.CertificatesException if what is kept there is not whole, or the domain is no DNS name
     */
    public static Https open(int port, String domain, Path data) {
        var certificates =
                TlsCertificates.open(data.resolve(DIRECTORY), names(domain), Clock.systemUTC(), new SecureRandom());
        return new Https(port, certificates.sslContext(), HttpsRedirect::new);
    }

    private static List<String> names(String domain) {
        var names = new ArrayList<>(List.of(domain, "*." + domain));
        if (domain.equals("localhost")) {
            names.addAll(List.of("127.0.0.1", "::1"));
        }
        return names;
    }
}
