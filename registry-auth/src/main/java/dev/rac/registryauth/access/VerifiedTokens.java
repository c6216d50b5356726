package dev.rac.registryauth.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for some seconds what the database says of secrets, since one push asks for many tokens. Thread-safe.
 *
 * <p>What this process changes counts at once: it is forgotten. What another process on the same database changes
 * counts {@link #REMEMBERED} later at most. Wrong secrets are not remembered.
 *
 * @param <T> what is said of a right one
 */
public final class VerifiedTokens<T> {
    /** How long another process may take a secret after it was revoked, or its user disabled. */
    public static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MAX_REMEMBERED = 10_000;

    private final Cache<String, Verified<T>> verified;
    private final AtomicLong forgotten = new AtomicLong();
    private final Function<String, Optional<T>> load;

    /**
     * Prepares the memory.
     *
     * @param load asks the database for the secret with a SHA-256
     */
    public VerifiedTokens(Ticker ticker, Function<String, Optional<T>> load) {
        this.load = load;
        this.verified = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    private record Verified<T>(T value, long forgotten) {}

    /** What is said of the secret with a SHA-256; empty if it is nobody's. */
    public Optional<T> find(String sha256) {
        Verified<T> found = verified.getIfPresent(sha256);
        if (found == null || found.forgotten() != forgotten.get()) {
            found = verified.asMap().compute(sha256, (key, old) -> load(key));
        }
        return Optional.ofNullable(found).map(Verified::value);
    }

    /** Forgets everything. To be called after secrets were taken out of the database, or their users changed. */
    public void forget() {
        forgotten.incrementAndGet();
    }

    private @Nullable Verified<T> load(String sha256) {
        // Counted before the question: a change that its answer may not have in it makes the answer old.
        long before = forgotten.get();
        return load.apply(sha256).map(value -> new Verified<>(value, before)).orElse(null);
    }
}
