package dev.rac.registryauth.user;

import java.time.Instant;

/**
 * A person's account.
 *
 * @param passwordHash bcrypt, in its modular crypt form
 * @param passwordVersion grows with each change of the password
 */
public record Account(String name, String passwordHash, int passwordVersion, boolean administrator, Instant createdAt) {
    /** Never shows the hash. */
    @Override
    public String toString() {
        return name;
    }
}
