package dev.rac.targets;

/**
 * What a target's engine shows the registry to pull one repository.
 *
 * @param registry the registry's host, with its port, as it stands in {@link App#image()}
 * @param password a secret
 */
public record PullCredential(String registry, String user, String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
        return user + "@" + registry;
    }
}
