package dev.rac.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates an https server may show. */
public sealed interface Trust {

    /** Those of the authorities that the JDK knows. */
    record KnownAuthorities() implements Trust {}

    /** Those that the certificates in a PEM file have signed, and no others. */
    record Authorities(Path file) implements Trust {}

    /** What to do where a certificate is not trusted. */
    default String advice() {
        return switch (this) {
            case KnownAuthorities() ->
                "give the certificate of its authority with --ca or RAC_CA"
                        + " (RAC's own is the file tls-authority.crt under RAC_DATA)";
            case Authorities(Path file) -> file + " is not the certificate of its authority, or one has expired";
        };
    }

    /**
     * The TLS context for requests to a server.
     *
     * @throws UsageException if a file is not usable
     */
    default SSLContext context(URI url) {
        try {
            return switch (this) {
                case Authorities(Path file) -> trusting(managers(read(file)));
                // Reading the JDK's authorities takes longer than a whole request.
                case KnownAuthorities() when url.getScheme().equals("http") -> trusting(new TrustManager[0]);
                case KnownAuthorities() -> SSLContext.getDefault();
            };
        } catch (GeneralSecurityException | IOException e) {
            throw new ApiException("this JDK cannot speak TLS: " + e.getMessage(), e);
        }
    }

    private static SSLContext trusting(TrustManager[] managers) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static TrustManager[] managers(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new UsageException(file + " has no certificate in it: --ca (RAC_CA) takes a PEM file");
            }
            return certificates;
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ", which --ca (RAC_CA) names");
        } catch (CertificateException e) {
            throw new UsageException(file + " is not usable: --ca (RAC_CA) takes a PEM file of certificates");
        }
    }
}
