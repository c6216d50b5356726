package dev.rac.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@link SigningCertificates}, which several processes may share: those who change them hold the
 * {@link #lock}, those who read them do not. Thread-safe.
 */
final class SigningFiles {
    private static final int READS = 5;

    private final Path directory;
    private final Clock clock;
    private final SecureRandom random;
    private final DirectoryLock lock;

    SigningFiles(Path directory, Clock clock, SecureRandom random) {
        this.directory = directory;
        this.clock = clock;
        this.random = random;
        this.lock = new DirectoryLock(directory, "signing.lock");
    }

    /**
     * What the files say.
     *
     * @param stamps the files that say it
     */
    record Content(SigningState state, FileStamps stamps) {}

    /** What every change needs. */
    DirectoryLock lock() {
        return lock;
    }

    /**
     * What the files say, if others have changed them since; in the midst of a switch of the authority, what they will
     * say after it.
     *
     * @throws CertificatesException if a file is not whole, or does not fit the others
     */
    Optional<Content> changedSince(FileStamps last) {
        for (int reads = 0; reads < READS; reads++) {
            FileStamps found = stamps();
            if (found.equals(last)) {
                return Optional.empty();
            }
            Optional<SigningState> state = read(found);
            if (state.isPresent() && stamps().equals(found)) {
                return Optional.of(new Content(state.get(), found));
            }
        }
        throw new CertificatesException("the files in " + directory + " were replaced each time they were read");
    }

    /**
     * Makes what is missing, and finishes what a crash cut short. With the lock held.
     *
     * @param issue makes a signer from its authority
     * @throws CertificatesException if a file is not whole, or does not fit the others
     */
    Content open(Function<Authority, Identity> issue) {
        if (Files.exists(nextAuthorityFile())) {
            Authority next = openAuthority(nextAuthorityFile(), nextAuthorityFile());
            if (Files.exists(signingFile()) && next.hasSigned(Pem.readIdentity(signingFile()))) {
                AtomicFile.move(nextAuthorityFile(), authorityFile());
            }
        }
        Authority authority = openAuthority(authorityFile(), signingFile());
        if (!Files.exists(signingFile())) {
            AtomicFile.writeSecret(signingFile(), Pem.encode(issue.apply(authority)));
        }
        return new Content(read(), stamps());
    }

    /** Makes the next authority, unless there is one, and publishes it. With the lock held. */
    Content announce(SigningState before) {
        Authority next =
                before.next() == null ? openAuthority(nextAuthorityFile(), nextAuthorityFile()) : before.next();
        var after = new SigningState(before.authority(), next, before.signer(), before.retired());
        publish(after);
        return new Content(after, stamps());
    }

    /**
     * Has another signer take over, which may be of the announced authority. With the lock held. A crash after the
     * signer's file is finished by {@link #settle}; before it, the old signer is still there.
     *
     * @throws CertificatesException if a file cannot be written
     */
    Content replace(SigningState before, SigningState after) {
        AtomicFile.writePublic(retiredFile(), Pem.encode(after.retired()));
        // The successor's certificate is published before anything is signed with its key.
        publish(before.publishing(after));
        AtomicFile.writeSecret(signingFile(), Pem.encode(after.signer()));
        settle(after);
        return new Content(after, stamps());
    }

    /** Ends a switch of the authority that has come as far as its signer's file. With the lock held. */
    void settle(SigningState state) {
        if (state.next() == null && Files.exists(nextAuthorityFile())) {
            AtomicFile.move(nextAuthorityFile(), authorityFile());
            publish(state);
        }
    }

    /** Writes the bundle. With the lock held. */
    void publish(SigningState state) {
        AtomicFile.writePublic(bundleFile(), state.bundle(clock.instant()));
    }

    Path bundleFile() {
        return directory.resolve("registry-bundle.pem");
    }

    Path signingFile() {
        return directory.resolve("signing.pem");
    }

    // Files that are replaced while they are read may not fit each other.
    private Optional<SigningState> read(FileStamps found) {
        try {
            return Optional.of(read());
        } catch (CertificatesException e) {
            if (stamps().equals(found)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private SigningState read() {
        Identity signer = Pem.readIdentity(signingFile());
        List<X509Certificate> retired = Files.exists(retiredFile()) ? Pem.readCertificates(retiredFile()) : List.of();
        @Nullable
        Authority next = Files.exists(nextAuthorityFile()) ? Authority.read(nextAuthorityFile(), clock, random) : null;
        if (next != null && next.hasSigned(signer)) {
            return new SigningState(next, null, signer, retired);
        }
        Authority authority = Authority.read(authorityFile(), clock, random);
        authority.requireSigned(signer, signingFile(), authorityFile());
        return new SigningState(authority, next, signer, retired);
    }

    private FileStamps stamps() {
        return FileStamps.of(List.of(signingFile(), retiredFile(), nextAuthorityFile(), authorityFile()));
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
}
