package dev.rac.registryauth.user;

/** Thrown when so many passwords wait to be hashed that one more would wait too long. */
public final class PasswordsBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PasswordsBusyException() {
        super("too many passwords are being checked");
    }
}
