package dev.rac.notifier.app;

import dev.rac.notifier.deploy.Deployments;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.targets.AppName;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;

/**
 * {@code GET /arrivals/<name>}, for front doors alone: whether an app that is not there yet is being deployed, so that a
 * request that follows its push closely can wait for it. 200 if so, else 404.
 */
public final class ArrivalRoutes {
    private final Deployments deployments;

    public ArrivalRoutes(Deployments deployments) {
        this.deployments = deployments;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/arrivals/{name}", this::arriving);
    }

    private void arriving(Context ctx) {
        AppName name = AppName.parse(ctx.pathParam("name"))
                .orElseThrow(() -> new ProblemException(Problem.badRequest("an app's name is a DNS label")));
        if (!deployments.isArriving(name)) {
            throw new ProblemException(Problem.notFound("no push of " + name + " is under way"));
        }
        ctx.json(Map.of("arriving", true));
    }
}
