package dev.rac.notifier.app;

import dev.rac.notifier.deploy.EnvironmentChanges;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.variable.Claim;
import dev.rac.notifier.variable.ClaimCheck;
import dev.rac.notifier.variable.EnvironmentChange;
import dev.rac.notifier.variable.Environments;
import dev.rac.notifier.variable.InvalidVariablesException;
import dev.rac.notifier.variable.UnreadableVariablesException;
import dev.rac.notifier.variable.VariableInfo;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /apps/<repository>/-/env}: the variables of a repository's apps, for those who may change these. Values are
 * taken, and never shown again.
 */
final class EnvironmentRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentRoutes.class);
    private static final String PATH = "/apps/<repository>/-/env";

    private final AppRequests requests;
    private final Environments environments;
    private final EnvironmentChanges changes;
    private final ClaimCheck claims;

    EnvironmentRoutes(AppRequests requests, Environments environments, EnvironmentChanges changes, ClaimCheck claims) {
        this.requests = requests;
        this.environments = environments;
        this.changes = changes;
        this.claims = claims;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(PATH, ctx -> show(ctx, requests.writable(ctx).repository()));
        config.routes.patch(PATH, ctx -> set(ctx, EnvironmentBody::patch));
        config.routes.put(PATH, ctx -> set(ctx, EnvironmentBody::all));
        config.routes.delete(PATH, this::clear);
        config.routes.exception(
                InvalidVariablesException.class,
                (e, ctx) -> ApiServer.answer(ctx, Problem.badRequest(String.valueOf(e.getMessage()))));
        config.routes.exception(
                UnreadableVariablesException.class,
                (e, ctx) -> ApiServer.answer(ctx, Problem.conflict(String.valueOf(e.getMessage()))));
    }

    private void show(Context ctx, String repository) {
        ctx.json(Map.of(
                "repository",
                repository,
                "variables",
                environments.list(repository).stream().map(VariableView::of).toList()));
    }

    private void set(Context ctx, Function<byte[], EnvironmentChange> read) {
        AppRequests.Asked asked = requests.writable(ctx);
        EnvironmentChange change = read.apply(ctx.bodyAsBytes());
        Optional<Claim> claim = change.set().isEmpty() ? Optional.empty() : Optional.of(claim(asked.repository()));
        changes.change(asked.repository(), change, asked.access().user(), claim);
        show(ctx, asked.repository());
    }

    private void clear(Context ctx) {
        AppRequests.Asked asked = requests.writable(ctx);
        changes.change(
                asked.repository(), EnvironmentChange.clear(), asked.access().user(), Optional.empty());
        ctx.status(204);
    }

    private Claim claim(String repository) {
        try {
            return claims.of(repository)
                    .orElseThrow(() -> new ProblemException(Problem.conflict("nobody has claimed " + repository
                            + ", so anybody may push to it what reads its variables: claim it first (POST /claim)")));
        } catch (UnavailableException e) {
            LOG.warn("the claim on {} could not be found out: {}", repository, e.getMessage());
            throw new ProblemException(Problem.unavailable("registry-auth does not answer; try again"));
        }
    }

    /**
     * A variable as the API shows it.
     *
     * @param problem why it cannot be read
     */
    private record VariableView(String name, Optional<String> setBy, Instant setAt, Optional<String> problem) {
        static VariableView of(VariableInfo info) {
            return new VariableView(info.name(), info.setBy(), info.setAt(), info.problem());
        }
    }
}
