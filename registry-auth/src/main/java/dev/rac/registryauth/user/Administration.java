package dev.rac.registryauth.user;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Disables, promotes and deletes accounts; an administrator who may log in always remains, and not one whom an htpasswd
 * file may take away. Thread-safe: changes come one after another, so that no two take each other's last.
 */
public final class Administration {
    // The one that is called admin first, then the oldest.
    private static final Comparator<Account> HEIRS = Comparator.comparing(
                    (Account account) -> !account.name().equals(Administrator.NAME))
            .thenComparing(Account::createdAt)
            .thenComparing(Account::name);

    private final Jdbi jdbi;
    private final Estate estate;

    /**
     * Prepares the changes.
     *
     * @param estate what a deleted user leaves behind
     */
    public Administration(Jdbi jdbi, Estate estate) {
        this.jdbi = jdbi;
        this.estate = estate;
    }

    /** What users own, and may not be free for anyone when they are deleted. */
    @FunctionalInterface
    public interface Estate {
        /** Hands all that one user owns to another one, within a transaction. */
        void handOver(Handle handle, String from, String to);
    }

    /** What came of a change. */
    public sealed interface Outcome {
        record Done(Account before, Account after) implements Outcome {}

        record Deleted(Account account, String heir) implements Outcome {}

        record Unknown() implements Outcome {}

        /** Nobody would be left to administer. */
        record LastAdministrator() implements Outcome {}

        /** It is the htpasswd file that has to change first. */
        record KeptInFile() implements Outcome {}
    }

    /** Changes what is not null. Disabling makes worthless what was given for the password so far. */
    public Outcome change(String name, @Nullable Boolean disabled, @Nullable Boolean administrator) {
        return jdbi.inTransaction(handle -> {
            List<String> administrators = lockAdministrators(handle);
            Optional<Account> found = lock(handle, name);
            if (found.isEmpty()) {
                return new Outcome.Unknown();
            }
            Account before = found.get();
            boolean nowDisabled = disabled == null ? before.disabled() : disabled;
            boolean nowAdministrator = administrator == null ? before.administrator() : administrator;
            if (Boolean.FALSE.equals(disabled) && before.absent()) {
                return new Outcome.KeptInFile();
            }
            if (administrators.equals(List.of(name)) && (nowDisabled || !nowAdministrator)) {
                return new Outcome.LastAdministrator();
            }
            handle.createUpdate("""
                            update auth_users set disabled = :disabled, administrator = :administrator,
                                password_version = password_version + :newVersions
                            where name = :name""")
                    .bind("disabled", nowDisabled)
                    .bind("administrator", nowAdministrator)
                    .bind("newVersions", nowDisabled && !before.disabled() ? 1 : 0)
                    .bind("name", name)
                    .execute();
            return new Outcome.Done(before, lock(handle, name).orElseThrow());
        });
    }

    /**
     * Deletes an account. What it owned goes to the administrator {@code admin}, or to the first other one, in the same
     * transaction.
     */
    public Outcome delete(String name) {
        return jdbi.inTransaction(handle -> {
            List<String> administrators = lockAdministrators(handle);
            Optional<Account> found = lock(handle, name);
            if (found.isEmpty()) {
                return new Outcome.Unknown();
            }
            if (found.get().inFile()) {
                return new Outcome.KeptInFile();
            }
            Optional<String> heir =
                    administrators.stream().filter(other -> !other.equals(name)).findFirst();
            if (heir.isEmpty()) {
                return new Outcome.LastAdministrator();
            }
            estate.handOver(handle, name, heir.get());
            handle.createUpdate("delete from auth_users where name = :name")
                    .bind("name", name)
                    .execute();
            return new Outcome.Deleted(found.get(), heir.get());
        });
    }

    private static List<String> lockAdministrators(Handle handle) {
        handle.createQuery("select id from auth_administration for update")
                .mapTo(Integer.class)
                .one();
        List<Account> enabled = handle.createQuery(
                        Accounts.SELECT + "where administrator and not disabled and origin = 'own' order by name")
                .map((row, context) -> Accounts.account(row))
                .list();
        return enabled.stream().sorted(HEIRS).map(Account::name).toList();
    }

    private static Optional<Account> lock(Handle handle, String name) {
        return handle.createQuery(Accounts.SELECT + "where name = :name for update")
                .bind("name", name)
                .map((row, context) -> Accounts.account(row))
                .findOne();
    }
}
