package dev.rac.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity kept in a file and replaced when it is asked for with less than a third of its lifetime left.
 * Thread-safe.
 */
final class RenewedIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedIdentity.class);
    // A full disk must not cost every request an attempt to write.
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Path file;
    private final Supplier<Identity> issue;
    private final BiConsumer<Identity, Identity> announce;
    private final Clock clock;
    private volatile Identity current;
    private volatile Instant renewAt;

    /**
     * Opens the identity: reads it, and replaces it if it is due or not suitable any more.
     *
     * @param issue makes a new one
     * @param suitable whether the one that is kept is what is wanted
     * @param announce is given the old one and the new one before the new one is written and used
     */
    static RenewedIdentity open(
            Path file,
            Supplier<Identity> issue,
            Predicate<Identity> suitable,
            BiConsumer<Identity, Identity> announce,
            Clock clock) {
        if (!Files.exists(file)) {
            Identity first = issue.get();
            AtomicFile.writeSecret(file, Pem.encode(first));
            return new RenewedIdentity(file, issue, announce, clock, first);
        }
        var renewed = new RenewedIdentity(file, issue, announce, clock, Pem.readIdentity(file));
        if (!suitable.test(renewed.current) || !clock.instant().isBefore(renewed.renewAt)) {
            renewed.replace();
        }
        return renewed;
    }

    private RenewedIdentity(
            Path file,
            Supplier<Identity> issue,
            BiConsumer<Identity, Identity> announce,
            Clock clock,
            Identity current) {
        this.file = file;
        this.issue = issue;
        this.announce = announce;
        this.clock = clock;
        this.current = current;
        this.renewAt = current.renewAt();
    }

    /** The identity to use now. One that cannot be replaced in time is used on, and {@link #problem} says so. */
    Identity current() {
        if (clock.instant().isBefore(renewAt)) {
            return current;
        }
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(renewAt)) {
                try {
                    replace();
                } catch (CertificatesException e) {
                    LOG.error("cannot renew {}, which is valid until {}", file, current.expiresAt(), e);
                    renewAt = now.plus(RETRY_AFTER);
                }
            }
            return current;
        }
    }

    /**
     * Replaces the identity now.
     *
     * @throws CertificatesException if the next one cannot be kept; the old one is used on
     */
    synchronized Identity renew() {
        replace();
        return current;
    }

    /** Why the identity is not valid now, or nothing. */
    Optional<String> problem() {
        Identity identity = current();
        return clock.instant().isBefore(identity.expiresAt())
                ? Optional.empty()
                : Optional.of("the certificate in " + file + " expired at " + identity.expiresAt()
                        + " and could not be renewed: the log says why");
    }

    private void replace() {
        Identity next = issue.get();
        announce.accept(current, next);
        AtomicFile.writeSecret(file, Pem.encode(next));
        current = next;
        renewAt = next.renewAt();
        LOG.info("replaced {}: {}", file, next);
    }
}
