package dev.rac.notifier.variable;

import dev.rac.notifier.image.RegistryAuthClient;
import dev.rac.notifier.image.UnavailableException;

/**
 * Whether a repository is somebody's. What nobody has claimed, anybody may push to: an image that reads its variables
 * aloud, too. Thread-safe.
 */
public final class ClaimCheck {
    // registry-auth lets services delete what nobody has claimed, and nothing else. Unlike its /claims, that counts
    // namespaces around a repository, and can be asked for callers with an access token, too.
    private static final String UNCLAIMED_ONLY = "delete";

    private final RegistryAuthClient registryAuth;

    public ClaimCheck(RegistryAuthClient registryAuth) {
        this.registryAuth = registryAuth;
    }

    /**
     * Whether somebody has claimed a repository, or a namespace around it.
     *
     * @throws UnavailableException if registry-auth does not say
     */
    public boolean isClaimed(String repository) {
        return !registryAuth.granted(repository, "pull," + UNCLAIMED_ONLY).contains(UNCLAIMED_ONLY);
    }
}
