package dev.rac.registryauth.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.rac.registryauth.scope.RepositoryPattern;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens in the database, which has only their SHA-256. One is worth what its user is: nothing while the
 * user is disabled, and gone with the user; it outlives a change of the password. Thread-safe.
 */
public final class AccessTokens {
    /** How many a user may have. */
    public static final int MAX_PER_USER = 100;

    private static final String COLUMNS =
            "id, user_name, token_name, repositories, actions, issued_at, expires_at, last_used_at, last_used_from";

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecureRandom random;
    private final LastUses lastUses;
    private final VerifiedTokens<Holder> verified;

    public AccessTokens(Jdbi jdbi, LastUses lastUses, Clock clock, SecureRandom random, Ticker ticker) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.random = random;
        this.lastUses = lastUses;
        this.verified = new VerifiedTokens<>(ticker, this::load);
    }

    /** Who a token proves somebody to be. */
    public record Holder(Account account, AccessToken token) {}

    /**
     * A token that was made now.
     *
     * @param secret its text, which nobody can know later
     */
    public record Created(AccessToken token, String secret) {
        /** Never shows the secret. */
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /** What came of an attempt to make a token. */
    public sealed interface Outcome {
        record Made(Created created) implements Outcome {}

        /** The user has a token of that name. */
        record NameTaken() implements Outcome {}

        /** The user has {@link #MAX_PER_USER} tokens. */
        record TooMany() implements Outcome {}

        /** The user does not exist any more. */
        record NoSuchUser() implements Outcome {}
    }

    /**
     * Makes a token.
     *
     * @param expiresAt when it ends; null for never
     */
    public Outcome create(
            String user,
            String name,
            List<RepositoryPattern> repositories,
            List<String> actions,
            @Nullable Instant expiresAt) {
        if (ofUser(user).size() >= MAX_PER_USER) {
            return new Outcome.TooMany();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var token =
                new AccessToken(TokenSecret.id(random), user, name, repositories, actions, now, expiresAt, null, null);
        String secret = TokenSecret.ACCESS_PREFIX + TokenSecret.random(random);
        return ForeignKeys.check(
                () -> insert(token, secret) ? new Outcome.Made(new Created(token, secret)) : new Outcome.NameTaken(),
                new Outcome.NoSuchUser());
    }

    /** False if the name is taken. */
    private boolean insert(AccessToken token, String secret) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
            insert into auth_access_tokens
                (id, token_sha256, user_name, token_name, repositories, actions, issued_at, expires_at)
            values (:id, :hash, :user, :name, :repositories, :actions, :issuedAt, :expiresAt)
            on conflict do nothing\
            """)
                        .bind("id", token.id())
                        .bind("hash", TokenSecret.sha256(secret))
                        .bind("user", token.user())
                        .bind("name", token.name())
                        .bind(
                                "repositories",
                                token.repositories().stream()
                                        .map(RepositoryPattern::value)
                                        .collect(Collectors.joining(" ")))
                        .bind("actions", String.join(",", token.actions()))
                        .bind("issuedAt", token.createdAt())
                        .bind("expiresAt", token.expiresAt())
                        .execute())
                == 1;
    }

    /** Who a text proves somebody to be; empty if it is no token, or not any more. */
    public Optional<Holder> find(String secret) {
        return TokenSecret.isAccessToken(secret)
                ? verified.find(TokenSecret.sha256(secret))
                        .filter(holder ->
                                holder.account().enabled() && !holder.token().expired(clock.instant()))
                : Optional.empty();
    }

    /**
     * Takes note that a token was used.
     *
     * @param source the client's IP address
     */
    public void used(AccessToken token, String source) {
        lastUses.record(LastUses.Table.ACCESS_TOKENS, token.id(), source);
    }

    /** The tokens of a user, by name. */
    public List<AccessToken> ofUser(String user) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + COLUMNS + " from auth_access_tokens where user_name = :user order by token_name")
                .bind("user", user)
                .map((row, context) -> token(row))
                .list());
    }

    public Optional<AccessToken> byId(String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select " + COLUMNS + " from auth_access_tokens where id = :id")
                        .bind("id", id)
                        .map((row, context) -> token(row))
                        .findOne());
    }

    /**
     * Ends a token at once, but for other processes on the same database: there {@link VerifiedTokens#REMEMBERED} later.
     *
     * @return false if it was ended before
     */
    public boolean revoke(AccessToken token) {
        int revoked = jdbi.withHandle(handle -> handle.createUpdate("delete from auth_access_tokens where id = :id")
                .bind("id", token.id())
                .execute());
        verified.forget();
        return revoked == 1;
    }

    /** Forgets what was remembered of users. To be called after one of them has changed. */
    public void forget() {
        verified.forget();
    }

    private Optional<Holder> load(String sha256) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + ", " + Accounts.COLUMNS
                        + " from auth_access_tokens join auth_users on name = user_name where token_sha256 = :hash")
                .bind("hash", sha256)
                .map((row, context) -> new Holder(Accounts.account(row), token(row)))
                .findOne());
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getString("id"),
                row.getString("user_name"),
                row.getString("token_name"),
                Stream.of(row.getString("repositories").split(" ", -1))
                        .map(RepositoryPattern::new)
                        .toList(),
                List.of(row.getString("actions").split(",", -1)),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                row.getString("last_used_from"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
