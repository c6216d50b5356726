package dev.rac.registryauth.login;

import java.time.Duration;

/** Thrown when too many wrong passwords came for a user from one place. */
public final class ThrottledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String user;
    private final Duration retryAfter;

    ThrottledException(String user, Duration retryAfter) {
        super("too many wrong passwords for this user came from this address");
        this.user = user;
        this.retryAfter = retryAfter;
    }

    /** The name that was given. */
    String user() {
        return user;
    }

    /** When it is worth trying again, in whole seconds, at least one. */
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
