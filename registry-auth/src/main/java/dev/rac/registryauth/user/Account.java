package dev.rac.registryauth.user;

import java.time.Instant;

/**
 * A person's account.
 *
 * @param passwordHash bcrypt, in its modular crypt form
 * @param passwordVersion grows with each change of the password, and whenever the account is disabled
 * @param disabled by an administrator
 * @param absent the htpasswd file has the user no longer
 */
public record Account(
        String name,
        String passwordHash,
        int passwordVersion,
        boolean administrator,
        Instant createdAt,
        Origin origin,
        boolean disabled,
        boolean absent) {

    /** An account of our own that is enabled. */
    public Account(String name, String passwordHash, int passwordVersion, boolean administrator, Instant createdAt) {
        this(name, passwordHash, passwordVersion, administrator, createdAt, Origin.OWN, false, false);
    }

    /** Whether somebody may log in with it. */
    public boolean enabled() {
        return !disabled && !absent;
    }

    /** Whether its password is changed in the htpasswd file, and only there. */
    public boolean inFile() {
        return origin == Origin.HTPASSWD && !absent;
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
        return name;
    }
}
