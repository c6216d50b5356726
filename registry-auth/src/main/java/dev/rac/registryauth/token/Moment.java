package dev.rac.registryauth.token;

import dev.rac.certs.Identity;
import java.time.Duration;
import java.time.Instant;

/**
 * When something was made, and by whose key: it may be given again for some seconds, while that key signs.
 *
 * @param signer whose key signed then
 */
record Moment(Instant from, Identity signer) {
    static final Duration RECENT = Duration.ofSeconds(5);

    boolean isRecent(Instant now, Identity current) {
        // The clock may have been set back.
        return !now.isBefore(from) && now.isBefore(from.plus(RECENT)) && signer.equals(current);
    }
}
