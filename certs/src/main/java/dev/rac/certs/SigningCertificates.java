package dev.rac.certs;

import dev.rac.certs.SigningFiles.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that signs tokens, and the certificates that verify them. Thread-safe.
 *
 * <p>The signing certificate comes from the token authority, whose certificate is in the published bundle too: a
 * registry that has read the bundle accepts the next signing certificate without being restarted.
 *
 * <p>Another authority takes two steps, for a registry must have read its certificate before anything is signed below
 * it: {@link #announceAuthority()}, a restart of the registry, {@link #switchAuthority()}.
 *
 * <p>Several processes may share the directory: they change it one at a time, and {@link #current()} is what any of
 * them has written, at most {@link #SEEN_WITHIN} ago.
 *
 * <p>Files: {@code token-authority.pem}, {@code next-token-authority.pem} and {@code signing.pem} hold a private key
 * and its certificate each, mode 0600, so that no crash can part the two. {@code retired-signing.pem} and
 * {@code registry-bundle.pem} hold certificates only. {@code signing.lock} is empty.
 */
public final class SigningCertificates {
    /** How long a signing certificate is valid; four months before its end it is replaced. */
    public static final Duration LIFETIME = Duration.ofDays(365);

    /**
     * How long a certificate stays published after another has taken its place: longer than anything is valid that was
     * signed with its key.
     */
    public static final Duration RETIRED_FOR = Duration.ofDays(31);

    /** For how long {@link #current()} may still be what another process has replaced. */
    public static final Duration SEEN_WITHIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SigningCertificates.class);

    private final KeyAlgorithm algorithm;
    private final Clock clock;
    private final SigningFiles files;
    private final SharedSigning shared;

    /**
     * Reads keys and certificates from a directory, or makes them.
     *
     * @throws CertificatesException if a file is not whole, or does not fit the others
     */
    public static SigningCertificates open(Path directory, KeyAlgorithm algorithm, Clock clock, SecureRandom random) {
        return new SigningCertificates(directory, algorithm, clock, random);
    }

    private SigningCertificates(Path directory, KeyAlgorithm algorithm, Clock clock, SecureRandom random) {
        this.algorithm = algorithm;
        this.clock = clock;
        this.files = new SigningFiles(directory, clock, random);
        Content content = files.lock().hold(this::begin);
        this.shared = new SharedSigning(files, content, this::renewed, clock);
    }

    /** The key and certificate to sign with now; replaced first if less than a third of its lifetime remains. */
    public Identity current() {
        return shared.recent().signer();
    }

    /**
     * Replaces the key that signs, and its certificate, now. The next certificate is published beside the old one before
     * anything is signed with its key; the old one is dropped after {@link #RETIRED_FOR}.
     *
     * @throws CertificatesException if a file cannot be written; the old key signs on
     */
    public Identity rotate() {
        return shared.update(this::rotated).signer();
    }

    /**
     * Publishes the certificate of another authority beside the current one, from which nothing comes yet. Once
     * announced, it stays the next one.
     *
     * @throws CertificatesException if a file cannot be written; nothing has changed then
     */
    public void announceAuthority() {
        shared.update(before -> files.announce(before.state()));
    }

    /** Whether an authority is announced that nothing comes from yet. */
    public boolean isAuthorityAnnounced() {
        return shared.latest().next() != null;
    }

    /**
     * Signs with a key below the announced authority from now on, and publishes the old one's certificate no longer. What
     * was signed before is verified by its own certificate, which stays published as after {@link #rotate()}.
     *
     * @throws CertificatesException if none is announced, or a file cannot be written: {@link #current()} tells which key
     *     signs then
     */
    public Identity switchAuthority() {
        return shared.update(before -> replaced(before, switched(before.state())))
                .signer();
    }

    /**
     * As {@link #switchAuthority()}, for an old key that others have: no certificate of a former signer stays published
     * either, so that nothing that was signed before is verified any more.
     *
     * @throws CertificatesException as there; former signers, but the last one, may have been dropped then
     */
    public Identity switchAuthorityAndDropOld() {
        return shared.update(before -> replaced(before, switched(before.state()).withoutRetired()))
                .signer();
    }

    /**
     * The certificates whose keys have signed tokens that may still be in use: the current one first, then its
     * predecessors. They are those of this moment, whichever process has changed them.
     */
    public List<X509Certificate> signers() {
        return shared.latest().signers(clock.instant());
    }

    /** {@link #signers()} and the certificates of the token authority and the announced one, in PEM. */
    public String bundle() {
        return shared.latest().bundle(clock.instant());
    }

    /** The file that holds {@link #bundle()}, for the registry's {@code rootcertbundle}. */
    public Path bundleFile() {
        return files.bundleFile();
    }

    /** When the first of what verifies tokens signed now, the signer's and its authority's certificates, expires. */
    public Instant expiresAt() {
        return shared.recent().expiresAt();
    }

    /** Why tokens signed now would not be accepted, or nothing. */
    public Optional<String> problem() {
        Identity signer = current();
        return clock.instant().isBefore(signer.expiresAt())
                ? Optional.empty()
                : Optional.of("the certificate in " + files.signingFile() + " expired at " + signer.expiresAt()
                        + " and could not be renewed: the log says why");
    }

    private Content begin() {
        Content opened = files.open(this::issue);
        Content begun = opened.state().signer().algorithm() == algorithm ? renewed(opened) : rotated(opened);
        files.publish(begun.state());
        return begun;
    }

    private Content renewed(Content before) {
        boolean due = !clock.instant().isBefore(before.state().signer().renewAt());
        return due ? rotated(before) : before;
    }

    private Content rotated(Content before) {
        Identity successor = issue(before.state().authority());
        return replaced(before, before.state().rotated(successor, clock.instant()));
    }

    private SigningState switched(SigningState before) {
        Authority announced = before.next();
        if (announced == null) {
            throw new CertificatesException("no other token authority is announced");
        }
        return before.switched(announced, issue(announced), clock.instant());
    }

    private Content replaced(Content before, SigningState after) {
        Content written = files.replace(before.state(), after);
        LOG.info("replaced {}: {}", files.signingFile(), after.signer());
        return written;
    }

    private Identity issue(Authority authority) {
        return authority.issue("RAC token signer", algorithm, LIFETIME, SigningCertificates::extensions);
    }

    private static void extensions(JcaX509v3CertificateBuilder builder) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    }
}
