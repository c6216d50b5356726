package dev.rac.registryauth.user;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Copies the users of the htpasswd file into the database, so that claims and tokens are the same for all users.
 * Thread-safe, and harmless when several instances with the same file do it at once.
 */
public final class HtpasswdAccounts {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Consumer<String> changed;

    /**
     * Prepares the copying.
     *
     * @param changed hears of users whose password is not what it was
     */
    public HtpasswdAccounts(Jdbi jdbi, Clock clock, Consumer<String> changed) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Makes the accounts what the file says. Whoever it has no longer cannot log in, and keeps their claims.
     *
     * @return the users in the file who have an account of our own, which stays as it is
     */
    List<Htpasswd.Entry> copy(List<Htpasswd.Entry> file) {
        List<Htpasswd.Entry> shadowed = new ArrayList<>();
        List<String> touched = new ArrayList<>();
        jdbi.useTransaction(handle -> {
            Map<String, Account> known = known(handle);
            for (Htpasswd.Entry entry : file) {
                Account account = known.remove(entry.name());
                if (account == null) {
                    if (!insert(handle, entry)) {
                        shadowed.add(entry);
                    }
                } else if (update(handle, account, entry)) {
                    touched.add(entry.name());
                }
            }
            for (Account gone : known.values()) {
                if (!gone.absent()) {
                    remove(handle, gone.name());
                    touched.add(gone.name());
                }
            }
        });
        touched.forEach(changed);
        return shadowed;
    }

    /** Lets nobody log in whose password was in a file that there is no longer. */
    public void withoutFile() {
        copy(List.of());
    }

    private static Map<String, Account> known(Handle handle) {
        Map<String, Account> known = new HashMap<>();
        handle.createQuery(Accounts.SELECT + "where origin = 'htpasswd'")
                .map((row, context) -> Accounts.account(row))
                .forEach(account -> known.put(account.name(), account));
        return known;
    }

    private boolean insert(Handle handle, Htpasswd.Entry entry) {
        var account = new Account(entry.name(), entry.hash(), 1, false, clock.instant(), Origin.HTPASSWD, false, false);
        return Accounts.insert(handle, account)
                // Or another instance was faster.
                || handle.createQuery("select origin from auth_users where name = :name")
                        .bind("name", entry.name())
                        .mapTo(String.class)
                        .findOne()
                        .filter("htpasswd"::equals)
                        .isPresent();
    }

    private static boolean update(Handle handle, Account account, Htpasswd.Entry entry) {
        if (account.passwordHash().equals(entry.hash()) && !account.absent()) {
            return false;
        }
        // The conditions let the second of two instances change nothing.
        handle.createUpdate("""
                        update auth_users set password_hash = :hash, hash_cost = :cost,
                            password_version = password_version + 1
                        where name = :name and origin = 'htpasswd' and password_hash <> :hash""")
                .bind("hash", entry.hash())
                .bind("cost", BcryptHash.cost(entry.hash()))
                .bind("name", entry.name())
                .execute();
        handle.createUpdate("update auth_users set absent = false where name = :name and origin = 'htpasswd'")
                .bind("name", entry.name())
                .execute();
        return true;
    }

    private static void remove(Handle handle, String name) {
        handle.createUpdate("""
                        update auth_users set absent = true, password_version = password_version + 1
                        where name = :name and origin = 'htpasswd' and not absent""").bind("name", name).execute();
    }
}
