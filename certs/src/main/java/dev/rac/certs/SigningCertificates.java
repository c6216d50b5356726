package dev.rac.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs tokens, and the certificates that verify them. Thread-safe.
 *
 * <p>The signing certificate comes from the token authority, whose certificate is in the published bundle too: a
 * registry that has read the bundle accepts the next signing certificate without being restarted.
 *
 * <p>Another authority takes two steps, for a registry must have read its certificate before anything is signed below
 * it: {@link #announceAuthority()}, a restart of the registry, {@link #switchAuthority()}.
 *
 * <p>Files: {@code token-authority.pem}, {@code next-token-authority.pem} and {@code signing.pem} hold a private key with its certificate, mode 0600;
 * both in one file, so that no crash can part them. {@code retired-signing.pem} holds certificates only.
 */
public final class SigningCertificates {
    /** How long a signing certificate is valid; four months before its end it is replaced. */
    public static final Duration LIFETIME = Duration.ofDays(365);

    /**
     * How long a certificate stays published after another has taken its place: longer than anything is valid that was
     * signed with its key.
     */
    public static final Duration RETIRED_FOR = Duration.ofDays(31);

    private final Path directory;
    private final Clock clock;
    private final SecureRandom random;
    private final RenewedIdentity identity;
    private volatile Authority authority;
    private volatile @Nullable Authority next;
    private volatile List<X509Certificate> retired;

    /**
     * Reads keys and certificates from a directory, or makes them.
     *
     * @throws CertificatesException if a file is not whole, or does not fit the others
     */
    public static SigningCertificates open(Path directory, KeyAlgorithm algorithm, Clock clock, SecureRandom random) {
        var certificates = new SigningCertificates(directory, algorithm, clock, random);
        AtomicFile.writePublic(certificates.bundleFile(), certificates.bundle());
        return certificates;
    }

    private SigningCertificates(Path directory, KeyAlgorithm algorithm, Clock clock, SecureRandom random) {
        this.directory = directory;
        this.clock = clock;
        this.random = random;
        Path file = directory.resolve("signing.pem");
        Path authorityFile = authorityFile();
        if (Files.exists(nextAuthorityFile())) {
            Authority announced = openAuthority(nextAuthorityFile(), nextAuthorityFile());
            // A crash may have come between the two files of a switch.
            if (Files.exists(file) && announced.hasSigned(Pem.readIdentity(file))) {
                AtomicFile.move(nextAuthorityFile(), authorityFile);
            } else {
                next = announced;
            }
        }
        authority = openAuthority(authorityFile, file);
        retired = Files.exists(retiredFile()) ? Pem.readCertificates(retiredFile()) : List.of();
        identity = RenewedIdentity.open(
                file,
                () -> authority.issue("RAC token signer", algorithm, LIFETIME, SigningCertificates::extensions),
                kept -> authority.requireSigned(kept, file, authorityFile) && kept.algorithm() == algorithm,
                this::announce,
                clock);
    }

    /** The key and certificate to sign with now; replaced first if less than a third of its lifetime remains. */
    public Identity current() {
        return identity.current();
    }

    /**
     * Replaces the key that signs, and its certificate, now. The next certificate is published beside the old one before
     * anything is signed with its key; the old one is dropped after {@link #RETIRED_FOR}.
     *
     * @throws CertificatesException if a file cannot be written; the old key signs on
     */
    public Identity rotate() {
        return identity.renew();
    }

    /**
     * Publishes the certificate of another authority beside the current one, from which nothing comes yet. Once
     * announced, it stays the next one.
     *
     * @throws CertificatesException if a file cannot be written; nothing has changed then
     */
    public synchronized void announceAuthority() {
        Authority announced = next;
        if (announced == null) {
            announced = openAuthority(nextAuthorityFile(), nextAuthorityFile());
        }
        next = announced;
        AtomicFile.writePublic(bundleFile(), bundle());
    }

    /** Whether an authority is announced that nothing comes from yet. */
    public boolean isAuthorityAnnounced() {
        return next != null;
    }

    /**
     * Signs with a key below the announced authority from now on, and publishes the old one's certificate no longer. What
     * was signed before is verified by its own certificate, which stays published as after {@link #rotate()}.
     *
     * @throws CertificatesException if none is announced, or a file cannot be written; the old key signs on then
     */
    public synchronized Identity switchAuthority() {
        Authority announced = next;
        if (announced == null) {
            throw new CertificatesException("no other token authority is announced");
        }
        Authority old = authority;
        authority = announced;
        Identity signer;
        try {
            signer = identity.renew();
        } catch (CertificatesException e) {
            authority = old;
            throw e;
        }
        // What stops here is finished at the next start.
        AtomicFile.move(nextAuthorityFile(), authorityFile());
        next = null;
        AtomicFile.writePublic(bundleFile(), bundle());
        return signer;
    }

    /**
     * The certificates whose keys have signed tokens that may still be in use: the current one first, then its
     * predecessors.
     */
    public List<X509Certificate> signers() {
        X509Certificate current = current().certificate();
        return with(current, retired);
    }

    /** {@link #signers()} and the certificates of the token authority and the announced one, in PEM. */
    public String bundle() {
        return bundle(signers());
    }

    /** The file that holds {@link #bundle()}, for the registry's {@code rootcertbundle}. */
    public Path bundleFile() {
        return directory.resolve("registry-bundle.pem");
    }

    /** When the first of what verifies tokens signed now, the signer's and its authority's certificates, expires. */
    public Instant expiresAt() {
        Instant signer = current().expiresAt();
        Instant authorised = authority.certificate().getNotAfter().toInstant();
        return signer.isBefore(authorised) ? signer : authorised;
    }

    /** Why tokens signed now would not be accepted, or nothing. */
    public Optional<String> problem() {
        return identity.problem();
    }

    // The successor's certificate is published before anything is signed with its key.
    private void announce(Identity old, Identity next) {
        List<X509Certificate> kept = with(old.certificate(), retired);
        AtomicFile.writePublic(retiredFile(), Pem.encode(kept));
        retired = kept;
        AtomicFile.writePublic(bundleFile(), bundle(with(next.certificate(), kept)));
    }

    // Newest first. Each was in use until its successor was made.
    private List<X509Certificate> with(X509Certificate first, List<X509Certificate> others) {
        Instant now = clock.instant();
        var kept = new ArrayList<>(List.of(first));
        X509Certificate successor = first;
        for (X509Certificate other : others) {
            Instant dropped = successor.getNotBefore().toInstant().plus(RETIRED_FOR);
            if (!kept.contains(other)
                    && now.isBefore(dropped)
                    && other.getNotAfter().toInstant().isAfter(now)) {
                kept.add(other);
            }
            successor = other;
        }
        return List.copyOf(kept);
    }

    private String bundle(List<X509Certificate> signers) {
        Authority announced = next;
        var authorities = Stream.of(authority.certificate());
        if (announced != null) {
            authorities = Stream.concat(authorities, Stream.of(announced.certificate()));
        }
        return Pem.encode(signers) + Pem.encode(authorities.distinct().toList());
    }

    private Authority openAuthority(Path file, Path issued) {
        return Authority.open(file, issued, "RAC token authority", clock, random);
    }

    private Path authorityFile() {
        return directory.resolve("token-authority.pem");
    }

    private Path nextAuthorityFile() {
        return directory.resolve("next-token-authority.pem");
    }

    private Path retiredFile() {
        return directory.resolve("retired-signing.pem");
    }

    private static void extensions(JcaX509v3CertificateBuilder builder) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    }
}
