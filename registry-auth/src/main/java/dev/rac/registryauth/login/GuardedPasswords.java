package dev.rac.registryauth.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rac.registryauth.login.Throttle.Decision;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.Source;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords, and slows and then refuses whoever tries many of them. Thread-safe.
 *
 * <p>It counts for each user and source together, never for a user alone: nobody can lock somebody out from elsewhere.
 * A user that does not exist is treated like any other.
 */
public final class GuardedPasswords {
    private static final int MAX_PAIRS = 50_000;
    private static final int MAX_HELD = 200;
    private static final int MAX_NAME = 64;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final RememberedPasswords passwords;
    private final Clock clock;
    private final Pause pause;
    private final SecretKeySpec key;
    private final Throttle throttle = Throttle.DEFAULT;
    private final Semaphore held = new Semaphore(MAX_HELD);
    private final Cache<Pair, Attempts> pairs;

    /** Waits; requests run on virtual threads, which that costs next to nothing. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    public GuardedPasswords(RememberedPasswords passwords, Clock clock, SecureRandom random, Pause pause) {
        this.passwords = passwords;
        this.clock = clock;
        this.pause = pause;
        var secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.pairs = Caffeine.newBuilder()
                .maximumSize(MAX_PAIRS)
                .expireAfterAccess(throttle.window())
                .build();
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
        Source source = Source.of(address);
        var pair = new Pair(user.substring(0, Math.min(user.length(), MAX_NAME)), source);
        String tried = hmac(user, password, account);
        Attempts attempts = pairs.get(pair, missing -> new Attempts(throttle));
        Decision decision = attempts.begin(tried, clock.instant());
        return switch (decision) {
            case Decision.Refused(Duration retryAfter) -> throw new ThrottledException(user, retryAfter);
            // Known to be wrong for this very hash: that costs nothing, and tells nothing new.
            case Decision.After ignored when attempts.isWrong(tried) -> false;
            case Decision.After(Duration delay) -> {
                boolean right = check(user, password, account, source, tried, attempts, delay);
                if (right) {
                    attempts.right();
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
            Source source,
            String tried,
            Attempts attempts,
            Duration delay) {
        try {
            hold(user, delay);
            return passwords.match(user, password, account, source);
        } catch (PasswordsBusyException | ThrottledException e) {
            attempts.unchecked(tried);
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

    // What is remembered is worth nothing once the account has another hash.
    private String hmac(String user, String password, Optional<Account> account) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String checked = account.map(known -> known.passwordVersion() + "\n" + known.passwordHash())
                    .orElse("\n");
            String text = checked + '\n' + user.length() + '\n' + user + '\n' + password;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
