package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Account;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.function.Function;

/**
 * {@code GET} and {@code DELETE /users/me/sessions}, {@code DELETE /users/me/sessions/<id>}: where a user is logged in,
 * which is where a refresh token is kept. Thread-safe.
 */
public final class SessionRoutes {
    private static final String PATH = "/users/me/sessions";

    private final RefreshTokens tokens;
    private final Function<Context, Account> asking;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public SessionRoutes(RefreshTokens tokens, Function<Context, Account> asking, AuditLog audit) {
        this.tokens = tokens;
        this.asking = asking;
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get(PATH, ctx -> ctx.json(tokens.of(asking.apply(ctx))));
        config.routes.delete(PATH, this::revokeAll);
        config.routes.delete(PATH + "/{id}", this::revoke);
    }

    private void revoke(Context ctx) {
        Account account = asking.apply(ctx);
        String id = ctx.pathParam("id");
        if (!tokens.revoke(account, id)) {
            throw new ProblemException(Problem.notFound("you have no session with this id: GET " + PATH));
        }
        audit.record(ctx, account.name(), "session.revoke", "session:" + id, true, "");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private void revokeAll(Context ctx) {
        Account account = asking.apply(ctx);
        tokens.revokeAll(account);
        audit.record(ctx, account.name(), "session.revoke-all", "user:" + account.name(), true, "");
        ctx.status(HttpStatus.NO_CONTENT);
    }
}
