package dev.rac.registryauth.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.claim.Claims.Change;
import dev.rac.registryauth.claim.Claims.Outcome;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.AdministratorOnly;
import dev.rac.registryauth.user.UserName;
import dev.rac.registryauth.user.UserProblems;
import dev.rac.service.http.Paging;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /claim}, {@code GET /claims}, and {@code GET}, {@code PATCH}, {@code DELETE /claims/<repository>}, where
 * the repository may be a namespace. Thread-safe.
 */
public final class ClaimRoutes {
    static final String ONE = "/claims/<repository>";

    private final Claims claims;
    private final Members members;
    private final ClaimAccess access;
    private final AdministratorOnly administratorOnly;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public ClaimRoutes(Claims claims, Members members, Function<Context, Account> asking, AuditLog audit) {
        this.claims = claims;
        this.members = members;
        this.access = new ClaimAccess(claims, asking, audit);
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        new MemberRoutes(members, access).addTo(config);
        new HistoryRoutes(access, audit).addTo(config);
        config.routes.post("/claim", this::claim);
        config.routes.get("/claims", this::list);
        config.routes.get(ONE, this::show);
        config.routes.patch(ONE, this::change);
        config.routes.delete(ONE, this::release);
    }

    private record NewClaim(
            @Nullable String repository,
            @JsonProperty("public") @Nullable Boolean isPublic) {}

    private record ClaimChange(
            @JsonProperty("public") @Nullable Boolean isPublic,
            @Nullable String owner) {}

    private void claim(Context ctx) {
        Account account = access.account(ctx);
        NewClaim asked = ctx.bodyAsClass(NewClaim.class);
        RepositoryPattern pattern = ClaimAccess.pattern(asked.repository());
        switch (claims.claim(pattern, account.name(), Boolean.TRUE.equals(asked.isPublic()))) {
            case Outcome.Claimed(Claim claim) -> {
                access.record(ctx, account, "claim.create", pattern, true, "");
                ctx.status(HttpStatus.CREATED).json(ClaimViews.claim(claim, account.name(), null));
            }
            case Outcome.AlreadyOwned(Claim claim) -> ctx.json(ClaimViews.claim(claim, account.name(), null));
            case Outcome.OwnedByAnother() -> {
                access.record(ctx, account, "claim.create", pattern, false, "");
                throw new ProblemException(Problem.conflict(
                        pattern + " is claimed by another user, or lies in a namespace that is: take another name"));
            }
            case Outcome.NoSuchUser() -> throw UserProblems.deleted(account);
        }
    }

    private void list(Context ctx) {
        Account account = access.account(ctx);
        boolean all = all(ctx);
        if (all) {
            administratorOnly.require(ctx, account, "claim.list-all", "");
        }
        Paging paging = Paging.of(ctx);
        List<Claims.Listed> found = all
                ? claims.all(paging.after(), paging.limitAndOne())
                : claims.of(account.name(), paging.after(), paging.limitAndOne());
        ctx.json(paging.cut(ctx, found, listed -> listed.claim().pattern().value()).stream()
                .map(listed -> ClaimViews.claim(listed.claim(), account.name(), listed.role()))
                .toList());
    }

    private void show(Context ctx) {
        Standing standing = access.seen(ctx, "claim.show");
        ctx.json(ClaimViews.claim(standing, standing.manages() ? members.of(standing.claim()) : null));
    }

    private void change(Context ctx) {
        ClaimChange asked = ctx.bodyAsClass(ClaimChange.class);
        String owner = asked.owner();
        if (owner == null && asked.isPublic() == null) {
            access.seen(ctx, "claim.change");
            throw new ProblemException(Problem.badRequest("send \"public\", \"owner\" or both"));
        }
        Standing standing =
                owner == null ? access.managed(ctx, "claim.change") : access.disposed(ctx, "claim.hand-over");
        Change change = owner == null || UserName.valid(owner)
                ? claims.change(standing.claim(), asked.isPublic(), owner)
                : Change.NO_SUCH_USER;
        switch (change) {
            case DONE -> {
                if (asked.isPublic() != null) {
                    access.record(ctx, standing, "claim.change", asked.isPublic() ? "public" : "private");
                }
                if (owner != null) {
                    access.record(
                            ctx,
                            standing,
                            "claim.hand-over",
                            "from " + standing.claim().owner() + " to " + owner);
                }
                answerChanged(ctx, standing);
            }
            case MEANWHILE_ANOTHERS -> throw meanwhile();
            case NO_SUCH_USER -> throw new ProblemException(Problem.badRequest("\"owner\": there is no such user"));
        }
    }

    // Who hands a claim over may not see it any more; that what was asked for is done, they may know.
    private void answerChanged(Context ctx, Standing before) {
        claims.find(before.claim().pattern(), before.account())
                .filter(Standing::sees)
                .ifPresentOrElse(now -> ctx.json(ClaimViews.claim(now, null)), () -> ctx.status(HttpStatus.NO_CONTENT));
    }

    private void release(Context ctx) {
        Standing standing = access.disposed(ctx, "claim.release");
        if (!claims.release(standing.claim())) {
            throw meanwhile();
        }
        access.record(ctx, standing, "claim.release", "");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    static ProblemException meanwhile() {
        return new ProblemException(Problem.conflict("the claim has changed at the same time: look again"));
    }

    private static boolean all(Context ctx) {
        String all = ctx.queryParam("all");
        return switch (all == null ? "false" : all) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ProblemException(Problem.badRequest("\"all\" must be true or false"));
        };
    }
}
