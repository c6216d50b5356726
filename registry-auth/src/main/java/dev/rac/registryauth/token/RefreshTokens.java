package dev.rac.registryauth.token;

import dev.rac.registryauth.access.LastUses;
import dev.rac.registryauth.access.TokenSecret;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.Accounts;
import dev.rac.registryauth.user.ForeignKeys;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens (Distribution's "OAuth2 Token Authentication"), of which the database has only the SHA-256. Each is
 * one user's for one service. It never expires, but is worth nothing once the user's password changes, or the user is
 * disabled or deleted, or it is revoked: at once, in every process on the same database. Thread-safe.
 */
public final class RefreshTokens {
    /** How many a user has: of more, those go that have not been used for longest. */
    static final int MAX_PER_USER = 100;

    private final Jdbi jdbi;
    private final LastUses lastUses;
    private final Clock clock;
    private final SecureRandom random;

    public RefreshTokens(Jdbi jdbi, LastUses lastUses, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.lastUses = lastUses;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is known of a refresh token: all but its text.
     *
     * @param lastUsedAt a minute and some seconds old at most; null if it was never used
     * @param lastUsedFrom the client's IP address then
     * @param clientId what the client that it was made for called itself
     */
    record Session(
            String id,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom,
            @Nullable String clientId) {}

    private record Issued(String id, Account account, int passwordVersion, String service) {}

    /**
     * Makes a token; empty if the user does not exist any more.
     *
     * @param clientId what the client calls itself; null if it does not say
     */
    Optional<String> issue(Account account, String service, @Nullable String clientId) {
        String token = TokenSecret.random(random);
        return ForeignKeys.check(
                () -> {
                    insert(token, account, service, clientId);
                    return Optional.of(token);
                },
                Optional.empty());
    }

    private void insert(String token, Account account, String service, @Nullable String clientId) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                insert into auth_refresh_tokens
                    (token_sha256, id, user_name, password_version, service, client_id, created_at)
                values (:hash, :id, :user, :version, :service, :client, :createdAt)\
                """)
                    .bind("hash", TokenSecret.sha256(token))
                    .bind("id", TokenSecret.id(random))
                    .bind("user", account.name())
                    .bind("version", account.passwordVersion())
                    .bind("service", service)
                    .bind("client", clientId)
                    .bind("createdAt", clock.instant().truncatedTo(ChronoUnit.MILLIS))
                    .execute();
            removeOld(handle, account);
        });
    }

    private static void removeOld(Handle handle, Account account) {
        // What earlier passwords left behind.
        handle.createUpdate("""
            delete from auth_refresh_tokens
            where user_name = :user and password_version < :version\
            """)
                .bind("user", account.name())
                .bind("version", account.passwordVersion())
                .execute();
        handle.createUpdate("""
            delete from auth_refresh_tokens where id in (
                select id from auth_refresh_tokens where user_name = :user
                order by coalesce(last_used_at, created_at) desc, created_at desc, id
                offset :max rows)\
            """)
                .bind("user", account.name())
                .bind("max", MAX_PER_USER)
                .execute();
    }

    /**
     * Whose token this is; empty if it is nobody's, or not any more, or another service's.
     *
     * @param source the client's IP address
     */
    Optional<Account> find(String token, String service, String source) {
        Optional<Issued> issued = load(TokenSecret.sha256(token))
                .filter(found -> found.service().equals(service)
                        && found.account().enabled()
                        && found.account().passwordVersion() == found.passwordVersion());
        issued.ifPresent(found -> lastUses.record(LastUses.Table.REFRESH_TOKENS, found.id(), source));
        return issued.map(Issued::account);
    }

    /** The tokens of a user that are worth something, the youngest first. */
    List<Session> of(Account account) {
        return jdbi.withHandle(handle -> handle.createQuery("""
            select id, created_at, last_used_at, last_used_from, client_id from auth_refresh_tokens
            where user_name = :user and password_version = :version order by created_at desc, id\
            """)
                .bind("user", account.name())
                .bind("version", account.passwordVersion())
                .map((row, context) -> session(row))
                .list());
    }

    /** Ends a token of a user; false if the user has none with this id. */
    boolean revoke(Account account, String id) {
        int removed = jdbi.withHandle(
                handle -> handle.createUpdate("delete from auth_refresh_tokens where user_name = :user and id = :id")
                        .bind("user", account.name())
                        .bind("id", id)
                        .execute());
        return removed == 1;
    }

    /** Ends all tokens of a user. */
    void revokeAll(Account account) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from auth_refresh_tokens where user_name = :user")
                .bind("user", account.name())
                .execute());
    }

    private Optional<Issued> load(String sha256) {
        return jdbi.withHandle(handle -> handle.createQuery("select t.id, t.service, t.password_version as version, u.*"
                        + " from auth_refresh_tokens t join auth_users u on u.name = t.user_name"
                        + " where t.token_sha256 = :hash")
                .bind("hash", sha256)
                .map((row, context) -> new Issued(
                        row.getString("id"), Accounts.account(row), row.getInt("version"), row.getString("service")))
                .findOne());
    }

    private static Session session(ResultSet row) throws SQLException {
        OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Session(
                row.getString("id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant(),
                row.getString("last_used_from"),
                row.getString("client_id"));
    }
}
