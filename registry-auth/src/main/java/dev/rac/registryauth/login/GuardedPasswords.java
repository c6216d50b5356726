package dev.rac.registryauth.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rac.registryauth.login.Throttle.Decision;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Checks passwords, and slows and then refuses whoever tries many of them. Thread-safe.
 *
 * <p>It counts for each user and source together, never for a user alone: nobody can lock somebody out from elsewhere.
 * A user that does not exist is treated like any other.
 */
public final class GuardedPasswords {
    static final int MAX_PAIRS = 50_000;
    static final int MAX_HELD = 200;
    static final int MAX_NAME = 64;

    private final RememberedPasswords passwords;
    private final Clock clock;
    private final Pause pause;
    private final Throttle throttle = Throttle.DEFAULT;
    private final Semaphore held = new Semaphore(MAX_HELD);
    private final Cache<Pair, Attempts> pairs;

    /** Waits; requests run on virtual threads, which that costs next to nothing. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    public GuardedPasswords(RememberedPasswords passwords, Clock clock, Pause pause) {
        this.passwords = passwords;
        this.clock = clock;
        this.pause = pause;
        this.pairs = Caffeine.newBuilder()
                .maximumSize(MAX_PAIRS)
                .expireAfterAccess(throttle.window())
                // By the same clock as the window.
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .build();
    }

    /** Of how many users and sources something is kept. */
    long kept() {
        pairs.cleanUp();
        return pairs.estimatedSize();
    }

    private record Pair(String user, Source source) {}

    /**
     * Whether a password that came from somewhere is the account's.
     *
     * @param address the client's IP address
     * @throws ThrottledException if too many others were wrong
     * @throws PasswordsBusyException if too many wait
     */
    boolean match(String user, String password, Optional<Account> account, String address) {
        var pair = new Pair(user.substring(0, Math.min(user.length(), MAX_NAME)), Source.of(address));
        String tried = passwords.fingerprint(user, password, account);
        Attempts attempts = pairs.get(pair, missing -> new Attempts(throttle));
        Instant now = clock.instant();
        // Known to be wrong for this very hash: that costs nothing, and tells nothing new.
        if (attempts.isWrong(tried, now)) {
            return false;
        }
        return switch (attempts.begin(tried, now)) {
            case Decision.Refused(Duration retryAfter) -> throw new ThrottledException(user, retryAfter);
            case Decision.After(Duration delay) -> {
                boolean right = check(user, password, account, pair, tried, attempts, delay);
                if (right) {
                    attempts.right(tried);
                    pairs.invalidate(pair);
                } else {
                    attempts.wrong(tried);
                }
                yield right;
            }
        };
    }

    private boolean check(
            String user,
            String password,
            Optional<Account> account,
            Pair pair,
            String tried,
            Attempts attempts,
            Duration delay) {
        try {
            hold(user, delay);
            return passwords.match(user, password, account, tried, pair.source());
        } catch (RuntimeException e) {
            attempts.unchecked(tried);
            // What was not checked takes no room: else names that somebody makes up push out those that count.
            pairs.asMap().computeIfPresent(pair, (same, left) -> left.isEmpty() ? null : left);
            throw e;
        }
    }

    private void hold(String user, Duration delay) {
        if (delay.isZero()) {
            return;
        }
        if (!held.tryAcquire()) {
            throw new ThrottledException(user, delay);
        }
        try {
            pause.pause(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ThrottledException(user, delay);
        } finally {
            held.release();
        }
    }
}
