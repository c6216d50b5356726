package dev.rac.registryauth.user;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.rac.service.secret.SecretFile;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Hashes passwords with bcrypt, and checks them. Thread-safe.
 *
 * <p>bcrypt is meant to be slow. It runs on platform threads of its own, one for each processor, which the system lets
 * give way to all other requests; it is done for each source in turn, and what would wait too long is refused.
 */
public final class Passwords implements AutoCloseable {
    /** The default cost: 2^12 rounds, some 0.3 s. */
    public static final int DEFAULT_COST = 12;

    /** More is not looked at by bcrypt: two such passwords could be the same to it. */
    public static final int MAX_BYTES = 72;

    private static final int MIN_BYTES = 8;
    private static final int WAITING_PER_THREAD = 16;
    // What looks like an access token is taken for one at the login.
    private static final Pattern ACCESS_TOKEN = Pattern.compile("rac_[A-Za-z0-9_-]{43}");

    private final int cost;
    private final FairExecutor threads;
    private final BCrypt.Hasher hasher;
    private final CompletableFuture<String> nobodysHash;
    private final LongAdder rounds = new LongAdder();

    /**
     * Starts the threads.
     *
     * @param cost binary logarithm of the number of rounds, {@link BcryptHash#MIN_COST} to {@link BcryptHash#MAX_COST}
     * @param processors how many passwords are worked on at the same time
     */
    public Passwords(int cost, int processors, SecureRandom random) {
        this.cost = cost;
        this.hasher = BCrypt.with(
                BCrypt.Version.VERSION_2B, random, LongPasswordStrategies.strict(BCrypt.Version.VERSION_2B));
        this.threads = new FairExecutor("bcrypt", processors, processors * WAITING_PER_THREAD);
        // Made beside the rest of the start, which need not wait for it.
        this.nobodysHash = hashed(SecretFile.random(), Source.OWN);
    }

    /** Why a password cannot be anybody's, or nothing. */
    public static Optional<String> problem(String password) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return Optional.of("a password is text: this one has half a character");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a password has no control characters");
        }
        if (ACCESS_TOKEN.matcher(password).matches()) {
            return Optional.of("a password does not look like an access token, rac_ and 43 characters");
        }
        int length = bytes(password).length;
        return length >= MIN_BYTES && length <= MAX_BYTES
                ? Optional.empty()
                : Optional.of(
                        "a password has " + MIN_BYTES + " to " + MAX_BYTES + " bytes in UTF-8, this one has " + length);
    }

    /** Whether a password cannot be anybody's because bcrypt would not look at all of it. */
    public static boolean isTooLong(String password) {
        return bytes(password).length > MAX_BYTES;
    }

    /**
     * Hashes a password, in the caller's time.
     *
     * @throws PasswordsBusyException if too many wait
     */
    public String hash(String password, Source source) {
        return await(hashed(password, source));
    }

    /**
     * Hashes a password, while the caller does something else.
     *
     * @throws PasswordsBusyException if too many wait
     */
    CompletableFuture<String> hashed(String password, Source source) {
        return threads.submit(source, () -> {
            count(cost);
            return new String(hasher.hash(cost, bytes(password)), StandardCharsets.US_ASCII);
        });
    }

    /**
     * Checks a password against a hash of version 2a, 2b or 2y.
     *
     * @throws PasswordsBusyException if too many wait
     */
    public CompletableFuture<Boolean> verify(String password, String hash, Source source) {
        return verify(password, hash, BcryptHash.cost(hash), source);
    }

    /**
     * Checks a password against a hash of version 2a, 2b or 2y. If it is wrong, that takes the time of {@code cost},
     * whatever the cost of the hash: a cheaper one does not tell that somebody has it.
     *
     * @param cost no lower than the hash's
     * @throws PasswordsBusyException if too many wait
     */
    CompletableFuture<Boolean> verify(String password, String hash, int cost, Source source) {
        byte[] bytes = bytes(password);
        boolean possible = !isTooLong(password);
        // What cannot match takes as long as what does not.
        byte[] compared = possible ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
        return threads.submit(source, () -> {
            boolean right = check(compared, hash) && possible;
            // 2^c rounds are done. Another 2^c + 2^(c+1) + … + 2^(cost-1) make 2^cost of them.
            for (int c = BcryptHash.cost(hash); !right && c < cost; c++) {
                check(compared, BcryptHash.withCost(nobodysHash(), c));
            }
            return right;
        });
    }

    private boolean check(byte[] password, String hash) {
        count(BcryptHash.cost(hash));
        return BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
    }

    private void count(int cost) {
        rounds.add(1L << cost);
    }

    /** The rounds of bcrypt that were done, or are being done: the measure of its work. */
    public long rounds() {
        return rounds.sum();
    }

    /** How many passwords wait for their turn. */
    public int waiting() {
        return threads.waiting();
    }

    /**
     * What such a future gives.
     *
     * @throws PasswordsBusyException if it was given up for another source's
     */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PasswordsBusyException busy ? busy : e;
        }
    }

    /** The cost of the hashes that are made. */
    public int cost() {
        return cost;
    }

    /** A hash of the same cost that no password is known for: checking against it takes as long as for a user. */
    public String nobodysHash() {
        return nobodysHash.join();
    }

    @Override
    public void close() {
        threads.close();
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
