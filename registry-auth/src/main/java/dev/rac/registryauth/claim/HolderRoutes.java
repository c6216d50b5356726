package dev.rac.registryauth.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code GET /holders/<repository>}, for services: whose a repository is, and since when. Thread-safe. */
public final class HolderRoutes {
    private final Claims claims;
    private final Consumer<Context> servicesOnly;

    /**
     * Prepares the route.
     *
     * @param servicesOnly ends requests of others with a problem
     */
    public HolderRoutes(Claims claims, Consumer<Context> servicesOnly) {
        this.claims = claims;
        this.servicesOnly = servicesOnly;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/holders/<repository>", this::show);
    }

    /**
     * Whose it is.
     *
     * @param owner null if nobody has claimed it, nor a namespace around it
     * @param claimedAt when the owner's claims on it began, that which decides first; handed over, a claim keeps its own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record HolderView(String repository, @Nullable String owner, List<Instant> claimedAt) {}

    private void show(Context ctx) {
        servicesOnly.accept(ctx);
        RepositoryName repository = RepositoryName.parse(ctx.pathParam("repository"))
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("the repository must have a name of " + RepositoryName.GRAMMAR)));
        List<Claim> covering = claims.covering(repository);
        String owner = covering.isEmpty() ? null : covering.getFirst().owner();
        ctx.json(new HolderView(
                repository.value(),
                owner,
                covering.stream()
                        .filter(claim -> claim.owner().equals(owner))
                        .map(Claim::createdAt)
                        .toList()));
    }
}
