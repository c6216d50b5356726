package dev.rac.registryauth.user;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the passwords of accounts. Whether there is an account, and what its hash costs, does not show in the time
 * that a wrong one takes: it is always that of the highest cost in use. Thread-safe.
 */
public final class PasswordCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordCheck.class);

    private final Accounts accounts;
    private final Passwords passwords;

    public PasswordCheck(Accounts accounts, Passwords passwords) {
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /**
     * Whether the password is the account's. A hash of our own that is cheaper than new ones are is then replaced.
     *
     * @return a {@link PasswordsBusyException} if it was given up for another source's
     * @throws PasswordsBusyException if too many wait
     */
    public CompletableFuture<Boolean> check(Optional<Account> account, String password, Source source) {
        String hash = account.map(Account::passwordHash).orElseGet(passwords::nobodysHash);
        int highest = Math.max(passwords.cost(), accounts.highestCost());
        return passwords
                .verify(password, hash, Math.max(highest, BcryptHash.cost(hash)), source)
                .thenApply(right -> {
                    account.filter(known -> right && cheap(known)).ifPresent(known -> upgrade(known, password, source));
                    return right && account.isPresent();
                });
    }

    private boolean cheap(Account account) {
        return account.origin() == Origin.OWN && BcryptHash.cost(account.passwordHash()) < passwords.cost();
    }

    // Nobody waits for it: where it cannot be done now, the next login does it.
    private void upgrade(Account account, String password, Source source) {
        try {
            // What fails is logged, and nothing else depends on it.
            var _ = passwords
                    .hashed(password, source)
                    .thenApply(hash -> accounts.rehash(account, hash))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            LOG.warn("the password hash of {} keeps its lower cost for now", account, failure);
                        }
                    });
        } catch (PasswordsBusyException e) {
            LOG.info("the password hash of {} keeps its lower cost for now: {}", account, e.getMessage());
        }
    }
}
