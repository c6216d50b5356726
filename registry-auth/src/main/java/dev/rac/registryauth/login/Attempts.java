package dev.rac.registryauth.login;

import dev.rac.registryauth.login.Throttle.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The passwords that were tried for one user from one place, within one window. Thread-safe.
 *
 * <p>A password counts from when its check begins, so that many at once are not all the first; and it counts once, since
 * some clients send one wrong password twice. It is taken back only if none of those that came with it was checked.
 */
final class Attempts {
    /** How many passwords may be under way at the same time, once they are slowed. */
    static final int MAX_HELD = 8;

    private final Throttle throttle;
    private final Set<String> tried = new HashSet<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final Set<String> wrong = new HashSet<>();
    private Instant first = Instant.MIN;

    Attempts(Throttle throttle) {
        this.throttle = throttle;
    }

    /** Whether a password is known to be wrong. */
    synchronized boolean isWrong(String password, Instant now) {
        renew(now);
        return wrong.contains(password);
    }

    /**
     * Decides when a password is checked. It counts from now on, unless it is refused, and ends with {@link #wrong},
     * {@link #unchecked} or {@link #right}.
     *
     * @param password something that stands for it, and for what it is checked against
     */
    synchronized Decision begin(String password, Instant now) {
        renew(now);
        int others = tried.contains(password) ? tried.size() - 1 : tried.size();
        Decision decision = throttle.decide(others, Duration.between(first, now));
        if (decision instanceof Decision.After(Duration delay)) {
            if (!delay.isZero() && allUnderWay() >= MAX_HELD) {
                return new Decision.Refused(delay);
            }
            tried.add(password);
            underWay.merge(password, 1, Integer::sum);
        }
        return decision;
    }

    synchronized void wrong(String password) {
        end(password);
        tried.add(password);
        wrong.add(password);
    }

    /** A password was not checked after all. */
    synchronized void unchecked(String password) {
        end(password);
        if (!underWay.containsKey(password) && !wrong.contains(password)) {
            tried.remove(password);
        }
    }

    /** A password was right: what was wrong is forgiven. */
    synchronized void right(String password) {
        end(password);
        tried.clear();
        wrong.clear();
    }

    /** Whether none counts, and none is under way. */
    synchronized boolean isEmpty() {
        return tried.isEmpty() && underWay.isEmpty();
    }

    private void renew(Instant now) {
        if (tried.isEmpty() || !now.isBefore(first.plus(throttle.window()))) {
            tried.clear();
            wrong.clear();
            first = now;
        }
    }

    private void end(String password) {
        underWay.computeIfPresent(password, (same, count) -> count == 1 ? null : count - 1);
    }

    private int allUnderWay() {
        return underWay.values().stream().mapToInt(Integer::intValue).sum();
    }
}
