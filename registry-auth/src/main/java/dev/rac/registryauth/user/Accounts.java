package dev.rac.registryauth.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The accounts in the database. Thread-safe. */
public final class Accounts {
    /** The columns of {@code auth_users} that an account is read from. */
    public static final String COLUMNS =
            "name, password_hash, password_version, administrator, created_at, origin, disabled, absent";

    static final String SELECT = "select " + COLUMNS + " from auth_users ";

    private final Jdbi jdbi;
    private final Clock clock;

    public Accounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The account with which somebody may log in: none that is disabled. */
    public Optional<Account> find(String name) {
        return findAny(name).filter(Account::enabled);
    }

    /** The account of that name, disabled or not. */
    public Optional<Account> findAny(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where name = :name")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne());
    }

    /** Accounts in the order of their names, disabled or not, from the first after {@code after}. */
    public List<Account> list(String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where name > :after order by name limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> account(row))
                .list());
    }

    /** Whether an administrator may log in. */
    boolean haveAdministrator() {
        return jdbi.withHandle(
                        handle -> handle.createQuery("""
                            select count(*) from auth_users where administrator and not disabled and not absent\
                            """).mapTo(Integer.class).one())
                > 0;
    }

    /** Adds an account; empty if the name is taken. */
    public Optional<Account> create(String name, String passwordHash, boolean administrator) {
        var account = new Account(name, passwordHash, 1, administrator, clock.instant());
        return jdbi.withHandle(handle -> insert(handle, account)) ? Optional.of(account) : Optional.empty();
    }

    /**
     * Adds accounts of our own, all of them in one transaction.
     *
     * @return the names that were taken before
     */
    Set<String> addAll(Collection<Htpasswd.Entry> entries) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> entries.stream()
                .filter(entry -> !insert(handle, new Account(entry.name(), entry.hash(), 1, false, now)))
                .map(Htpasswd.Entry::name)
                .collect(Collectors.toSet()));
    }

    /**
     * Gives an account another password, and with it a new {@link Account#passwordVersion}. What a file had and has no
     * longer becomes an account of our own.
     *
     * @return false if the account has got another one since it was read, or is kept in the file
     */
    public boolean changePassword(Account account, String passwordHash) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
            update auth_users set password_hash = :hash, hash_cost = :cost,
                password_version = password_version + 1, origin = 'own', absent = false
            where name = :name and password_version = :version and (origin = 'own' or absent)\
            """)
                        .bind("hash", passwordHash)
                        .bind("cost", BcryptHash.cost(passwordHash))
                        .bind("name", account.name())
                        .bind("version", account.passwordVersion())
                        .execute())
                == 1;
    }

    /**
     * Keeps a hash of the same password with another cost. What was given for the password stays valid.
     *
     * @return false if the account has got another password or hash since it was read
     */
    boolean rehash(Account account, String passwordHash) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update auth_users set password_hash = :hash, hash_cost = :cost
                        where name = :name and password_version = :version and password_hash = :old""")
                        .bind("hash", passwordHash)
                        .bind("cost", BcryptHash.cost(passwordHash))
                        .bind("name", account.name())
                        .bind("version", account.passwordVersion())
                        .bind("old", account.passwordHash())
                        .execute())
                == 1;
    }

    /** The highest cost of all hashes, or 0 without any. */
    int highestCost() {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce(max(hash_cost), 0) from auth_users")
                .mapTo(Integer.class)
                .one());
    }

    /** Adds an account within a transaction; false if the name is taken. */
    static boolean insert(Handle handle, Account account) {
        return handle.createUpdate("""
            insert into auth_users (name, password_hash, hash_cost, password_version, administrator,
                created_at, origin)
            values (:name, :hash, :cost, :version, :administrator, :createdAt, :origin)
            on conflict do nothing\
            """)
                        .bind("name", account.name())
                        .bind("hash", account.passwordHash())
                        .bind("cost", BcryptHash.cost(account.passwordHash()))
                        .bind("version", account.passwordVersion())
                        .bind("administrator", account.administrator())
                        .bind("createdAt", account.createdAt())
                        .bind("origin", account.origin().name().toLowerCase(Locale.ROOT))
                        .execute()
                == 1;
    }

    /** The account in a row with the {@link #COLUMNS}. */
    public static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"),
                row.getString("password_hash"),
                row.getInt("password_version"),
                row.getBoolean("administrator"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getBoolean("disabled"),
                row.getBoolean("absent"));
    }
}
