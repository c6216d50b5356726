package dev.rac.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private final Clock clock;
    private volatile Identity current;
    private volatile Instant renewAt;

    /**
     * Opens the identity: reads it, and replaces it if it is due or not suitable any more.
     *
     * @param issue makes a new one
     * @param suitable whether the one that is kept is what is wanted
     */
    static RenewedIdentity open(Path file, Supplier<Identity> issue, Predicate<Identity> suitable, Clock clock) {
        if (!Files.exists(file)) {
            Identity first = issue.get();
            AtomicFile.writeSecret(file, Pem.encode(first));
            return new RenewedIdentity(file, issue, clock, first);
        }
        var renewed = new RenewedIdentity(file, issue, clock, Pem.readIdentity(file));
        if (!suitable.test(renewed.current) || !clock.instant().isBefore(renewed.renewAt)) {
            renewed.replace();
        }
        return renewed;
    }

    private RenewedIdentity(Path file, Supplier<Identity> issue, Clock clock, Identity current) {
        this.file = file;
        this.issue = issue;
        this.clock = clock;
        this.current = current;
        this.renewAt = current.renewAt();
    }

    /** The identity to use now. One that cannot be replaced in time is used on. */
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

    private void replace() {
        Identity next = issue.get();
        AtomicFile.writeSecret(file, Pem.encode(next));
        current = next;
        renewAt = next.renewAt();
        LOG.info("replaced {}: {}", file, next);
    }
}
