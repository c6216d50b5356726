package dev.rac.registryauth.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The accounts in the database. Thread-safe. */
public final class Accounts {
    private final Jdbi jdbi;
    private final Clock clock;

    public Accounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public Optional<Account> find(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select name, password_hash, password_version, administrator, created_at
                        from auth_users where name = :name""")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne());
    }

    /** Adds an account; empty if the name is taken. */
    public Optional<Account> create(String name, String passwordHash, boolean administrator) {
        var account = new Account(name, passwordHash, 1, administrator, clock.instant());
        int added = jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into auth_users (name, password_hash, password_version, administrator, created_at)
                        values (:name, :hash, :version, :administrator, :createdAt)
                        on conflict do nothing""")
                .bind("name", name)
                .bind("hash", passwordHash)
                .bind("version", account.passwordVersion())
                .bind("administrator", administrator)
                .bind("createdAt", account.createdAt())
                .execute());
        return added == 1 ? Optional.of(account) : Optional.empty();
    }

    /**
     * Gives an account another password, and with it a new {@link Account#passwordVersion}.
     *
     * @return false if the account has got another one since it was read
     */
    public boolean changePassword(Account account, String passwordHash) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update auth_users set password_hash = :hash, password_version = password_version + 1
                        where name = :name and password_version = :version""")
                        .bind("hash", passwordHash)
                        .bind("name", account.name())
                        .bind("version", account.passwordVersion())
                        .execute())
                == 1;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"),
                row.getString("password_hash"),
                row.getInt("password_version"),
                row.getBoolean("administrator"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
