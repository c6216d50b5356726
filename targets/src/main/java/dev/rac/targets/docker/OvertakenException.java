package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;

/** Thrown when another process brings the same app to a revision of its own: whoever is last wins. */
final class OvertakenException extends TargetException {
    private static final long serialVersionUID = 1L;

    OvertakenException(AppName app) {
        super("another process keeps updating " + app);
    }
}
