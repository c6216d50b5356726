package dev.rac.registryauth.claim;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.Account;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.http.Context;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a request at a claim pass, or ends it with a problem. Thread-safe. */
final class ClaimAccess {
    private final Claims claims;
    private final Function<Context, Account> asking;
    private final AuditLog audit;

    ClaimAccess(Claims claims, Function<Context, Account> asking, AuditLog audit) {
        this.claims = claims;
        this.asking = asking;
        this.audit = audit;
    }

    Account account(Context ctx) {
        return asking.apply(ctx);
    }

    /** The claim of the path, for those who may see it. */
    Standing seen(Context ctx, String action) {
        return allowed(ctx, action, Standing::sees, "it is another user's, and you are no member");
    }

    /** The claim of the path, for those who may manage its members and visibility. */
    Standing managed(Context ctx, String action) {
        return allowed(ctx, action, Standing::manages, "this takes its owner, or a member with the role admin");
    }

    /** The claim of the path, for those who may hand it over and release it. */
    Standing disposed(Context ctx, String action) {
        return allowed(ctx, action, Standing::disposes, "this takes its owner or the administrator");
    }

    Standing allowed(Context ctx, String action, Predicate<Standing> right, String refusal) {
        Account account = asking.apply(ctx);
        RepositoryPattern pattern = pattern(ctx.pathParam("repository"));
        Standing standing = claims.find(pattern, account)
                .orElseThrow(() -> new ProblemException(Problem.notFound("there is no claim on " + pattern)));
        if (!right.test(standing)) {
            record(ctx, account, action, pattern, false, "");
            throw new ProblemException(Problem.forbidden("claim on " + pattern + ": " + refusal));
        }
        return standing;
    }

    void record(Context ctx, Standing standing, String action, String detail) {
        record(ctx, standing.account(), action, standing.claim().pattern(), true, detail);
    }

    void record(
            Context ctx, Account account, String action, RepositoryPattern pattern, boolean allowed, String detail) {
        audit.record(ctx, account.name(), action, resource(pattern), allowed, detail);
    }

    /** The claim's name in the audit log. */
    static String resource(RepositoryPattern pattern) {
        return "repository:" + pattern;
    }

    static RepositoryPattern pattern(@Nullable String text) {
        if (text == null) {
            throw new ProblemException(Problem.badRequest("\"repository\" is missing"));
        }
        return RepositoryPattern.parse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("the repository must be " + RepositoryPattern.GRAMMAR)));
    }
}
