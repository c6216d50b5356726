package dev.rac.registryauth.login;

import dev.rac.registryauth.login.Throttle.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The passwords that were tried for one user from one place, within one window. Thread-safe.
 *
 * <p>A password counts from when its check begins, so that many at once are not all the first; and it counts once, since
 * some clients send one wrong password twice.
 */
final class Attempts {
    private final Throttle throttle;
    private final Set<String> tried = new HashSet<>();
    private final Set<String> wrong = new HashSet<>();
    private Instant first = Instant.MIN;

    Attempts(Throttle throttle) {
        this.throttle = throttle;
    }

    /** Whether a password is known to be wrong. */
    synchronized boolean isWrong(String password) {
        return wrong.contains(password);
    }

    /**
     * Decides when a password is checked; it counts from now on, unless it is refused.
     *
     * @param password something that stands for it, and for what it is checked against
     */
    synchronized Decision begin(String password, Instant now) {
        if (tried.isEmpty() || !now.isBefore(first.plus(throttle.window()))) {
            tried.clear();
            wrong.clear();
            first = now;
        }
        int others = tried.contains(password) ? tried.size() - 1 : tried.size();
        Decision decision = throttle.decide(others, Duration.between(first, now));
        if (decision instanceof Decision.After) {
            tried.add(password);
        }
        return decision;
    }

    synchronized void wrong(String password) {
        if (tried.contains(password)) {
            wrong.add(password);
        }
    }

    /** Takes a password back that was not checked after all. */
    synchronized void unchecked(String password) {
        if (!wrong.contains(password)) {
            tried.remove(password);
        }
    }

    synchronized void right() {
        tried.clear();
        wrong.clear();
    }
}
