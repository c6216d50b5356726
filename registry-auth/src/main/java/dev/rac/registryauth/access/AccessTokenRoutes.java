package dev.rac.registryauth.access;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.AdministratorOnly;
import dev.rac.registryauth.user.UserProblems;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST} and {@code GET /access-tokens}, {@code DELETE /access-tokens/<id>}. Thread-safe.
 *
 * <p>A user sees and revokes their own tokens, the administrator everybody's.
 */
public final class AccessTokenRoutes {
    private static final String PATH = "/access-tokens";

    private final AccessTokens tokens;
    private final Function<Context, Account> asking;
    private final AdministratorOnly administratorOnly;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem; a token is no person
     */
    public AccessTokenRoutes(AccessTokens tokens, Function<Context, Account> asking, AuditLog audit, Clock clock) {
        this.tokens = tokens;
        this.asking = asking;
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.audit = audit;
        this.clock = clock;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post(PATH, this::create);
        config.routes.get(PATH, this::list);
        config.routes.delete(PATH + "/{id}", this::revoke);
    }

    /** A token as clients see one. */
    record AccessTokenView(
            String id,
            String user,
            String name,
            List<String> repositories,
            List<String> actions,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom) {
        static AccessTokenView of(AccessToken token) {
            return new AccessTokenView(
                    token.id(),
                    token.user(),
                    token.name(),
                    patterns(token),
                    token.actions(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.lastUsedFrom());
        }
    }

    /** A token as it is shown once. */
    record CreatedView(
            String id,
            String user,
            String name,
            List<String> repositories,
            List<String> actions,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String token) {}

    private void create(Context ctx) {
        Account account = asking.apply(ctx);
        NewAccessToken asked = ctx.bodyAsClass(NewAccessToken.class);
        var outcome = tokens.create(
                account.name(),
                asked.validName(),
                asked.validRepositories(),
                asked.validActions(),
                asked.validExpiry(clock.instant()));
        switch (outcome) {
            case AccessTokens.Outcome.Made(AccessTokens.Created(AccessToken token, String secret)) -> {
                record(ctx, account, "access-token.create", token, true);
                ctx.status(HttpStatus.CREATED)
                        .header(Header.CACHE_CONTROL, "no-store")
                        .json(new CreatedView(
                                token.id(),
                                token.user(),
                                token.name(),
                                patterns(token),
                                token.actions(),
                                token.createdAt(),
                                token.expiresAt(),
                                secret));
            }
            case AccessTokens.Outcome.NameTaken() ->
                throw new ProblemException(Problem.conflict(
                        "you have an access token of that name: take another name, or revoke that one"));
            case AccessTokens.Outcome.TooMany() ->
                throw new ProblemException(Problem.conflict(
                        "you have " + AccessTokens.MAX_PER_USER + " access tokens: revoke one that is not used"));
            case AccessTokens.Outcome.NoSuchUser() -> throw UserProblems.deleted(account);
        }
    }

    private void list(Context ctx) {
        Account account = asking.apply(ctx);
        String user = ctx.queryParam("user");
        if (user != null && !user.equals(account.name())) {
            administratorOnly.require(ctx, account, "access-token.list", "user:" + user);
        }
        ctx.json(tokens.ofUser(user == null ? account.name() : user).stream()
                .map(AccessTokenView::of)
                .toList());
    }

    private void revoke(Context ctx) {
        Account account = asking.apply(ctx);
        String id = ctx.pathParam("id");
        AccessToken token = tokens.byId(id).orElseThrow(AccessTokenRoutes::noSuchToken);
        if (!token.user().equals(account.name()) && !account.administrator()) {
            record(ctx, account, "access-token.revoke", token, false);
            // Whether others have such a token is not told.
            throw noSuchToken();
        }
        if (!tokens.revoke(token)) {
            throw noSuchToken();
        }
        record(ctx, account, "access-token.revoke", token, true);
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private void record(Context ctx, Account account, String action, AccessToken token, boolean allowed) {
        String detail = "of " + token.user() + ", for " + token.actions() + " on " + token.repositories();
        audit.record(ctx, account.name(), action, "access-token:" + token.id(), allowed, detail);
    }

    private static List<String> patterns(AccessToken token) {
        return token.repositories().stream().map(RepositoryPattern::value).toList();
    }

    private static ProblemException noSuchToken() {
        return new ProblemException(Problem.notFound("you have no access token with this id: GET /access-tokens"));
    }
}
