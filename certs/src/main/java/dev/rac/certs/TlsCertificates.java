package dev.rac.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/**
 * A TLS server's key and certificate from the local TLS authority. Thread-safe.
 *
 * <p>Files: {@code tls-authority.pem} and {@code tls.pem} hold a private key with its certificate, mode 0600;
 * {@code tls-authority.crt} holds the authority's certificate alone, for clients to trust.
 */
public final class TlsCertificates {
    /** How long a leaf is valid; a month before its end it is replaced. */
    public static final Duration LIFETIME = Duration.ofDays(90);

    private final Path directory;
    private final Authority authority;
    private final RenewedIdentity identity;

    /**
     * Reads key and certificate from a directory, or makes them. A certificate for other names is replaced.
     *
     * @param names DNS names, also {@code *.example.org}, and IP addresses that the certificate is for; not empty
     * @throws CertificatesException if a file is not whole or does not fit the others, or a name is not valid
     */
    public static TlsCertificates open(Path directory, Collection<String> names, Clock clock, SecureRandom random) {
        List<SubjectName> subjects =
                names.stream().map(SubjectName::parse).distinct().toList();
        if (subjects.isEmpty()) {
            throw new CertificatesException("a TLS certificate needs a name: none was given");
        }
        var certificates = new TlsCertificates(directory, subjects, clock, random);
        AtomicFile.writePublic(certificates.authorityFile(), Pem.encode(List.of(certificates.authority.certificate())));
        return certificates;
    }

    private TlsCertificates(Path directory, List<SubjectName> subjects, Clock clock, SecureRandom random) {
        this.directory = directory;
        Path file = directory.resolve("tls.pem");
        Path authorityFile = directory.resolve("tls-authority.pem");
        authority = Authority.open(authorityFile, file, "RAC TLS authority", clock, random);
        identity = RenewedIdentity.open(
                file,
                () -> authority.issue(
                        subjects.getFirst().text(),
                        KeyAlgorithm.ES256,
                        LIFETIME,
                        builder -> extensions(builder, subjects)),
                kept -> authority.requireSigned(kept, file, authorityFile)
                        && names(kept.certificate())
                                .equals(subjects.stream().map(SubjectName::text).collect(Collectors.toSet())),
                clock);
    }

    /** The key and certificate to use now; replaced first if less than a third of its lifetime remains. */
    public Identity current() {
        return identity.current();
    }

    /** A server's TLS context, whose every handshake takes what {@link #current()} is at that time. */
    public SSLContext sslContext() {
        return CurrentKeyManager.context(this::current);
    }

    /** The authority's certificate in PEM, for clients to trust. */
    public Path authorityFile() {
        return directory.resolve("tls-authority.crt");
    }

    private static void extensions(JcaX509v3CertificateBuilder builder, List<SubjectName> subjects) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, SubjectName.extension(subjects));
    }

    private static Set<String> names(X509Certificate certificate) {
        try {
            // Each entry is a list of the kind of name and the name (X509Certificate#getSubjectAlternativeNames).
            return certificate.getSubjectAlternativeNames().stream()
                    .map(entry -> SubjectName.parse((String) entry.get(1)).text())
                    .collect(Collectors.toSet());
        } catch (CertificateParsingException e) {
            throw new CertificatesException("cannot read the names of a certificate", e);
        }
    }
}
