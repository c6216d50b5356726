package dev.rac.registryauth.token;

import dev.rac.certs.SigningCertificates;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the token authority, for which the registry starts again twice: to trust the next one before anything comes
 * from it, and to trust the old one no longer. Thread-safe.
 */
final class AuthorityRotation {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRotation.class);

    private final SigningCertificates certificates;
    private @Nullable Runnable restartRegistry;
    // Of the last call, only the registry's last start failed.
    private boolean restartLeft;
    private boolean oldDropped;

    AuthorityRotation(SigningCertificates certificates) {
        this.certificates = certificates;
    }

    /** Who restarts the registry from now on; it throws if the registry does not answer afterwards. */
    synchronized void restartWith(Runnable restart) {
        restartRegistry = restart;
    }

    /**
     * Goes as far as it can: to the end where we restart the registry, else one step. One at a time: a second one would
     * find the registry half-way through its restart.
     *
     * @param dropOld whether nothing that was signed before is to be verified any more
     * @param registryRestarted whether others have restarted the registry since an authority was announced
     * @throws ProblemException 409 if none was
     * @throws dev.rac.certs.CertificatesException if a file cannot be written
     */
    synchronized RotationOutcome rotate(boolean dropOld, boolean registryRestarted) {
        Runnable restart = restartRegistry;
        return restart == null ? step(dropOld, registryRestarted) : all(restart, dropOld);
    }

    private RotationOutcome step(boolean dropOld, boolean registryRestarted) {
        if (!registryRestarted) {
            certificates.announceAuthority();
            return RotationOutcome.ANNOUNCED;
        }
        if (!certificates.isAuthorityAnnounced()) {
            throw new ProblemException(Problem.conflict(
                    "no other authority is announced: call this without \"registry_restarted\" first"));
        }
        switchAuthority(dropOld);
        return dropOld ? RotationOutcome.DROPPED_HERE : RotationOutcome.DONE;
    }

    private RotationOutcome all(Runnable restart, boolean dropOld) {
        // Who calls again after a restart that failed does not want yet another authority.
        boolean resumed = restartLeft && (oldDropped || !dropOld);
        if (!resumed) {
            certificates.announceAuthority();
            if (!answersAfter(restart)) {
                return RotationOutcome.NOT_BEGUN;
            }
            switchAuthority(dropOld);
            oldDropped = dropOld;
        }
        restartLeft = !answersAfter(restart);
        if (restartLeft) {
            return RotationOutcome.NOT_ENDED;
        }
        return oldDropped ? RotationOutcome.DROPPED : RotationOutcome.DONE;
    }

    private void switchAuthority(boolean dropOld) {
        if (dropOld) {
            certificates.switchAuthorityAndDropOld();
        } else {
            certificates.switchAuthority();
        }
    }

    private static boolean answersAfter(Runnable restart) {
        try {
            restart.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("the registry does not answer after its restart for another token authority", e);
            return false;
        }
    }
}
