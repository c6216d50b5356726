package dev.rac.registryauth.token;

import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.Accounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Refresh tokens (Distribution's "OAuth2 Token Authentication"): 256 random bits, of which the database has only the
 * SHA-256. Each is one user's for one service, and is worth nothing once the user's password changes. Thread-safe.
 */
public final class RefreshTokens {
    private static final int TOKEN_BYTES = 32;

    private final Jdbi jdbi;
    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom random;

    public RefreshTokens(Jdbi jdbi, Accounts accounts, Clock clock, SecureRandom random) {
        this.jdbi = jdbi;
        this.accounts = accounts;
        this.clock = clock;
        this.random = random;
    }

    String issue(Account account, String service) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbi.useTransaction(handle -> {
            // What earlier passwords left behind.
            handle.createUpdate("""
                            delete from auth_refresh_tokens
                            where user_name = :user and password_version < :version""")
                    .bind("user", account.name())
                    .bind("version", account.passwordVersion())
                    .execute();
            handle.createUpdate("""
                            insert into auth_refresh_tokens
                                (token_sha256, user_name, password_version, service, created_at)
                            values (:hash, :user, :version, :service, :createdAt)""")
                    .bind("hash", sha256(token))
                    .bind("user", account.name())
                    .bind("version", account.passwordVersion())
                    .bind("service", service)
                    .bind("createdAt", clock.instant())
                    .execute();
        });
        return token;
    }

    /** Whose token this is; empty if it is nobody's, another service's, or of an earlier password. */
    Optional<Account> find(String token, String service) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select user_name, password_version from auth_refresh_tokens
                        where token_sha256 = :hash and service = :service""")
                        .bind("hash", sha256(token))
                        .bind("service", service)
                        .map((row, context) -> new Issued(row.getString("user_name"), row.getInt("password_version")))
                        .findOne())
                .flatMap(issued -> accounts.find(issued.user())
                        .filter(account -> account.passwordVersion() == issued.passwordVersion()));
    }

    private record Issued(String user, int passwordVersion) {}

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
