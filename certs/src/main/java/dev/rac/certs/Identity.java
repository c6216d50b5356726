package dev.rac.certs;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A private key with the certificate that vouches for it.
 *
 * @param certificates the key's own certificate first, then what else a peer needs beside the authority's
 */
public record Identity(PrivateKey privateKey, List<X509Certificate> certificates) {
    // Of a certificate's lifetime, this part must remain.
    private static final int RENEWED_IN_THE_LAST = 3;

    public Identity {
        certificates = List.copyOf(certificates);
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return certificates.getFirst();
    }

    public KeyAlgorithm algorithm() {
        return KeyAlgorithm.of(privateKey);
    }

    /** When the certificate stops being valid. */
    public Instant expiresAt() {
        return certificate().getNotAfter().toInstant();
    }

    /** When only a third of the certificate's lifetime remains. */
    public Instant renewAt() {
        Instant start = certificate().getNotBefore().toInstant();
        return expiresAt().minus(Duration.between(start, expiresAt()).dividedBy(RENEWED_IN_THE_LAST));
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + " until " + expiresAt();
    }
}
