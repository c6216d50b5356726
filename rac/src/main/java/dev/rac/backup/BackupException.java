package dev.rac.backup;

import org.jspecify.annotations.Nullable;

/** Thrown when a backup cannot be taken or restored; the message says what to do. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        this(message, null);
    }

    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
