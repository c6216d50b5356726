package dev.rac.registryauth.login;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.registryauth.user.Source;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords, and remembers right ones for a minute, since one push asks for many tokens. Thread-safe.
 *
 * <p>The key has a fingerprint of the password with the hash and version that it was checked against: another password
 * brings another hash, disabling another version, and nothing that was remembered fits them, in this process or in
 * another one on the same database.
 */
public final class RememberedPasswords {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 10_000;

    private final Check check;
    private final PasswordFingerprint fingerprint;
    private final AsyncCache<Key, Result> remembered;

    public RememberedPasswords(Check check, SecureRandom random, Ticker ticker) {
        this.check = check;
        this.fingerprint = new PasswordFingerprint(random);
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .buildAsync();
    }

    /** What finds out whether a password is an account's, in the same time without one. */
    @FunctionalInterface
    public interface Check {
        CompletableFuture<Boolean> check(Optional<Account> account, String password, Source source);
    }

    private enum Result {
        RIGHT,
        WRONG,
        /** It was not checked. */
        BUSY;

        static Result of(@Nullable Boolean right, @Nullable Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof PasswordsBusyException) {
                return BUSY;
            }
            if (failure != null) {
                throw new CompletionException(cause);
            }
            return Boolean.TRUE.equals(right) ? RIGHT : WRONG;
        }
    }

    private record Key(String name, String fingerprint) {}

    /** Forgets what was remembered of a user, whatever their name is worth from now on. */
    public void forget(String name) {
        remembered.asMap().keySet().removeIf(key -> key.name().equals(name));
    }

    /** What stands in memory for a password of somebody, and for all that it is checked against. */
    String fingerprint(String name, String password, Optional<Account> account) {
        return fingerprint.of(name, password, account);
    }

    /**
     * Whether the password is the account's. Without an account it is not, in the same time.
     *
     * @param fingerprint what {@link #fingerprint} gives for the others
     * @throws PasswordsBusyException if too many wait
     */
    boolean match(String name, String password, Optional<Account> account, String fingerprint, Source source) {
        // Simultaneous requests with one password share one check.
        var key = new Key(name, fingerprint);
        CompletableFuture<Result> result = remembered.get(
                key,
                (missing, executor) -> check.check(account, password, source).handle(Result::of));
        if (result.join() != Result.RIGHT) {
            remembered.asMap().remove(key, result);
        }
        return switch (result.join()) {
            case RIGHT -> account.isPresent();
            case WRONG -> false;
            case BUSY -> throw new PasswordsBusyException();
        };
    }
}
