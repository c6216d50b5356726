package dev.rac.registryauth.user;

import java.util.Optional;
import java.util.regex.Pattern;

/** The modular crypt form of bcrypt: {@code $2b$12$}, then 22 characters of salt and 31 of hash. */
public final class BcryptHash {
    /** The lowest cost there is. */
    public static final int MIN_COST = 4;

    /** The highest cost that is taken: every failed login takes as long as the dearest hash of all. */
    public static final int MAX_COST = 16;

    // 2x is what one faulty implementation made; nothing checks it right but itself.
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    private static final int COST_BEGIN = 4;
    private static final int COST_END = 6;

    private BcryptHash() {}

    /** Why a text is no hash that passwords can be checked against, or nothing. Does not repeat the text. */
    public static Optional<String> problem(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.of("the password is not hashed with bcrypt ($2a$, $2b$ or $2y$; htpasswd -B)");
        }
        int cost = cost(text);
        return cost >= MIN_COST && cost <= MAX_COST
                ? Optional.empty()
                : Optional.of("the hash has the cost " + cost + ", which is not from " + MIN_COST + " to " + MAX_COST);
    }

    /** Binary logarithm of the number of rounds in a hash that has no {@link #problem}. */
    public static int cost(String hash) {
        return Integer.parseInt(hash.substring(COST_BEGIN, COST_END));
    }

    /** Another cost in a hash, which is nobody's then: a check against it takes that cost's time. */
    static String withCost(String hash, int cost) {
        return "%s%02d%s".formatted(hash.substring(0, COST_BEGIN), cost, hash.substring(COST_END));
    }

    /** The hash in the version that every reader of htpasswd files knows: 2b and 2y are two names for the same. */
    static String portable(String hash) {
        return hash.startsWith("$2b$") ? "$2y$" + hash.substring(COST_BEGIN) : hash;
    }
}
