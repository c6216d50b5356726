package dev.rac.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that is made once and kept in a file (RFC 5280). Its certificate is renewed with the same
 * key, so that what it has signed stays valid. Thread-safe.
 */
final class Authority {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    // Another machine's clock may be behind ours.
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 127;

    private final Identity identity;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * Reads the authority from {@code file}, or makes it.
     *
     * @throws CertificatesException if the file is not usable, or is missing while {@code issued} is there
     */
    static Authority open(Path file, Path issued, String name, Clock clock, SecureRandom random) {
        if (!Files.exists(file)) {
            if (Files.exists(issued)) {
                throw new CertificatesException(file + " is missing, and " + issued
                        + " was signed with it: restore it from a backup, or move both away to have new ones made");
            }
            var authority = new Authority(KeyAlgorithm.ES256.generate(), name, clock, random);
            AtomicFile.writeSecret(file, Pem.encode(authority.identity));
            return authority;
        }
        Identity kept = Pem.readIdentity(file);
        if (clock.instant().isBefore(kept.renewAt())) {
            return new Authority(kept, clock, random);
        }
        var keys = new KeyPair(kept.certificate().getPublicKey(), kept.privateKey());
        var renewed = new Authority(keys, name, clock, random);
        AtomicFile.writeSecret(file, Pem.encode(renewed.identity));
        return renewed;
    }

    /**
     * Reads the authority from {@code file}.
     *
     * @throws CertificatesException if the file is missing or not usable
     */
    static Authority read(Path file, Clock clock, SecureRandom random) {
        return new Authority(Pem.readIdentity(file), clock, random);
    }

    private Authority(Identity identity, Clock clock, SecureRandom random) {
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    private Authority(KeyPair keys, String name, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        Instant now = clock.instant();
        var subject = new X500Principal("CN=" + name);
        var self = new Signer(subject, new Identity(keys.getPrivate(), List.of()), keys.getPublic());
        X509Certificate certificate = sign(self, subject, keys.getPublic(), now.plus(LIFETIME), builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
        this.identity = new Identity(keys.getPrivate(), List.of(certificate));
    }

    X509Certificate certificate() {
        return identity.certificate();
    }

    /** Makes a key and a certificate for it that ends after {@code lifetime}, but not after the authority's own. */
    Identity issue(String name, KeyAlgorithm algorithm, Duration lifetime, Extensions extensions) {
        KeyPair keys = algorithm.generate();
        Instant end = clock.instant().plus(lifetime);
        Instant last = identity.expiresAt();
        var signer = new Signer(
                certificate().getSubjectX500Principal(), identity, certificate().getPublicKey());
        var subject = new X500Principal("CN=" + name);
        X509Certificate certificate =
                sign(signer, subject, keys.getPublic(), end.isBefore(last) ? end : last, extensions);
        return new Identity(keys.getPrivate(), List.of(certificate));
    }

    /** Whether an identity came from this authority. */
    boolean hasSigned(Identity issued) {
        try {
            issued.certificate().verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Checks that an identity that was read from {@code file} came from this authority.
     *
     * @throws CertificatesException if it did not
     */
    boolean requireSigned(Identity kept, Path file, Path authorityFile) {
        try {
            kept.certificate().verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            throw new CertificatesException(
                    file + " does not fit " + authorityFile + ", which did not sign its certificate: restore both"
                            + " from the same backup, or move " + file + " away to have a new one made",
                    e);
        }
    }

    /** What a certificate says beside name, key and dates. */
    interface Extensions {
        void addTo(JcaX509v3CertificateBuilder builder) throws IOException;
    }

    private record Signer(X500Principal name, Identity identity, PublicKey publicKey) {}

    private X509Certificate sign(
            Signer signer, X500Principal subject, PublicKey key, Instant end, Extensions extensions) {
        // X.509 times are whole seconds.
        Instant start = clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
        var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    signer.name(), serial, Date.from(start), Date.from(end), subject, key);
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(signer.publicKey()));
            extensions.addTo(builder);
            String signature = signer.identity().algorithm().signatureName();
            var contentSigner = new JcaContentSignerBuilder(signature)
                    .setSecureRandom(random)
                    .build(signer.identity().privateKey());
            return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new CertificatesException("cannot make the certificate of " + subject, e);
        }
    }
}
