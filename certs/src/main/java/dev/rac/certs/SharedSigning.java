package dev.rac.certs;

import dev.rac.certs.SigningFiles.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link SigningFiles} say now, whichever process has written them last. To look costs little, but more than a
 * token should: what has been seen is taken for true for a while. Thread-safe.
 */
final class SharedSigning {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSigning.class);
    // A full disk must not cost every request an attempt to write.
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final SigningFiles files;
    private final UnaryOperator<Content> renewal;
    private final Clock clock;
    private volatile Seen seen;

    /**
     * Begins with what has been read.
     *
     * @param renewal replaces what is due, with the lock held; else gives back what it is given
     */
    SharedSigning(SigningFiles files, Content content, UnaryOperator<Content> renewal, Clock clock) {
        this.files = files;
        this.renewal = renewal;
        this.clock = clock;
        this.seen = new Seen(content, clock.instant(), SigningCertificates.SEEN_WITHIN);
    }

    private record Seen(Content content, Instant at, Duration validity) {
        SigningState state() {
            return content.state();
        }

        boolean isValid(Instant now) {
            // The clock may have been set back.
            return !now.isBefore(at) && now.isBefore(at.plus(validity));
        }

        boolean isFailure() {
            return validity.equals(RETRY_AFTER);
        }
    }

    /** What was true at some time within {@link SigningCertificates#SEEN_WITHIN}, renewed if it was due. */
    SigningState recent() {
        Seen last = seen;
        return last.isValid(clock.instant()) ? last.state() : look(last);
    }

    /** What is true now, renewed if it is due. */
    SigningState latest() {
        Seen last = seen;
        return last.isFailure() && last.isValid(clock.instant()) ? last.state() : look(last);
    }

    /**
     * Changes what is true now.
     *
     * @param change is given the files' content, and gives what it has written
     * @throws CertificatesException if the files cannot be read, written or locked
     */
    synchronized SigningState update(UnaryOperator<Content> change) {
        try {
            Content content = files.lock().hold(() -> {
                Content before = files.changedSince(seen.content().stamps()).orElseGet(seen::content);
                files.settle(before.state());
                return change.apply(before);
            });
            seen = new Seen(content, clock.instant(), SigningCertificates.SEEN_WITHIN);
            return content.state();
        } catch (CertificatesException e) {
            // Some of the files may have been written.
            seen = new Seen(seen.content(), seen.at(), Duration.ZERO);
            throw e;
        }
    }

    private synchronized SigningState look(Seen last) {
        if (!seen.equals(last)) {
            // Another thread has looked while this one waited.
            return seen.state();
        }
        Instant now = clock.instant();
        try {
            Content content = files.changedSince(last.content().stamps()).orElseGet(last::content);
            if (now.isBefore(content.state().signer().renewAt())) {
                seen = new Seen(content, now, SigningCertificates.SEEN_WITHIN);
            } else {
                update(renewal);
            }
        } catch (CertificatesException e) {
            LOG.error(
                    "the signing certificate cannot be read again or renewed: {} signs on",
                    seen.state().signer(),
                    e);
            seen = new Seen(seen.content(), now, RETRY_AFTER);
        }
        return seen.state();
    }
}
