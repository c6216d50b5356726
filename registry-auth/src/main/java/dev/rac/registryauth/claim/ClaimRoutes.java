package dev.rac.registryauth.claim;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.claim.Claims.Outcome;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.user.Account;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /claim}, {@code GET /claims}, {@code GET} and {@code DELETE /claims/<repository>}. Thread-safe.
 *
 * <p>An owner sees and releases their own claims, the administrator every one.
 */
public final class ClaimRoutes {
    private static final String ONE = "/claims/<repository>";

    private final Claims claims;
    private final Function<Context, Account> asking;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public ClaimRoutes(Claims claims, Function<Context, Account> asking, AuditLog audit) {
        this.claims = claims;
        this.asking = asking;
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/claim", this::claim);
        config.routes.get("/claims", this::list);
        config.routes.get(ONE, ctx -> ctx.json(ClaimView.of(manageable(ctx))));
        config.routes.delete(ONE, this::release);
    }

    /** A claim as clients see one. */
    record ClaimView(String repository, String owner, Instant createdAt) {
        static ClaimView of(Claim claim) {
            return new ClaimView(claim.repository().value(), claim.owner(), claim.createdAt());
        }
    }

    private record NewClaim(@Nullable String repository) {}

    private void claim(Context ctx) {
        Account account = asking.apply(ctx);
        RepositoryName repository = repository(ctx.bodyAsClass(NewClaim.class).repository());
        switch (claims.claim(repository, account.name())) {
            case Outcome.Claimed(Claim claim) -> {
                audit.record(ctx, account.name(), "claim.create", "repository:" + repository, true, "");
                ctx.status(HttpStatus.CREATED).json(ClaimView.of(claim));
            }
            case Outcome.AlreadyOwned(Claim claim) -> ctx.json(ClaimView.of(claim));
            case Outcome.OwnedByAnother() ->
                throw new ProblemException(Problem.conflict(repository + " is claimed by another user"));
        }
    }

    private void list(Context ctx) {
        ctx.json(claims.ownedBy(asking.apply(ctx).name()).stream()
                .map(ClaimView::of)
                .toList());
    }

    private void release(Context ctx) {
        Claim claim = manageable(ctx);
        if (!claims.release(claim)) {
            throw new ProblemException(Problem.conflict("the claim has changed at the same time: look again"));
        }
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private Claim manageable(Context ctx) {
        Account account = asking.apply(ctx);
        RepositoryName repository = repository(ctx.pathParam("repository"));
        Claim claim = claims.find(repository)
                .orElseThrow(() -> new ProblemException(Problem.notFound("nobody has claimed " + repository)));
        if (!claim.owner().equals(account.name()) && !account.administrator()) {
            throw new ProblemException(Problem.forbidden(repository + " is claimed by another user"));
        }
        return claim;
    }

    private static RepositoryName repository(@Nullable String text) {
        if (text == null) {
            throw new ProblemException(Problem.badRequest("\"repository\" is missing"));
        }
        return RepositoryName.parse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("the repository's name must have " + RepositoryName.GRAMMAR)));
    }
}
