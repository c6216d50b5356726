package dev.rac.notifier.app;

import dev.rac.notifier.deploy.Deployments;
import dev.rac.notifier.deploy.EnvironmentChanges;
import dev.rac.notifier.deploy.Outcome;
import dev.rac.notifier.deploy.Outcomes;
import dev.rac.notifier.deploy.Revisions;
import dev.rac.notifier.image.HttpCaller;
import dev.rac.notifier.log.LogKeeper;
import dev.rac.notifier.variable.ClaimCheck;
import dev.rac.notifier.variable.Environments;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.Etag;
import dev.rac.service.http.Problem;
import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import dev.rac.targets.UnknownAppException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /apps}: what runs, for those who may see it. An app that the caller may not see is not there (404). */
public final class AppApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppApi.class);

    private final Target target;
    private final Deployments deployments;
    private final Outcomes outcomes;
    private final AppRequests requests;
    private final RevisionRoutes revisions;
    private final LogRoutes logs;
    private final EnvironmentRoutes environments;
    private final AppViews views;
    private final AppEvents events;
    private final AppListRoutes list;

    /**
     * Wires the API.
     *
     * @param registryAuth where registry-auth is
     * @param service the audience of its tokens
     * @param publicUrl where clients see the front door
     */
    public AppApi(
            Target target,
            Deployments deployments,
            Outcomes outcomes,
            Revisions revisions,
            LogKeeper logKeeper,
            Environments environments,
            EnvironmentChanges environmentChanges,
            ClaimCheck claims,
            HttpCaller http,
            URI registryAuth,
            String service,
            URI publicUrl,
            Clock clock) {
        this.target = target;
        this.deployments = deployments;
        this.outcomes = outcomes;
        var verifier = new TokenVerifier(new Certificates(http, registryAuth, clock), service, clock);
        requests = new AppRequests(target, new Authorizer(http, verifier, registryAuth, service));
        this.revisions = new RevisionRoutes(requests, revisions);
        logs = new LogRoutes(requests, logKeeper, clock);
        this.environments = new EnvironmentRoutes(requests, environments, environmentChanges, claims);
        views = new AppViews(outcomes, publicUrl);
        events = new AppEvents(target, requests, views, clock);
        list = new AppListRoutes(target, requests, views, events);
    }

    public void routes(JavalinConfig config) {
        list.addTo(config);
        revisions.addTo(config);
        logs.addTo(config);
        environments.addTo(config);
        config.routes.get("/apps/<repository>", this::show);
        config.routes.delete("/apps/<repository>", this::remove);
        config.routes.post("/apps/<repository>/-/start", ctx -> change(ctx, this::wake));
        config.routes.post("/apps/<repository>/-/stop", ctx -> change(ctx, app -> target.sleep(app.name())));
        config.routes.post(
                "/apps/<repository>/-/restart",
                ctx -> change(ctx, app -> {
                    target.sleep(app.name());
                    wake(app);
                }));
        config.routes.exception(TargetException.class, AppApi::targetFailed);
    }

    /** Ends the streams of those who watch. */
    @Override
    public void close() {
        events.close();
    }

    private void show(Context ctx) {
        String repository = requests.readable(ctx);
        List<AppStatus> apps = requests.apps(repository);
        Optional<String> tag = AppRequests.tag(ctx);
        if (tag.isPresent()) {
            Etag.json(
                    ctx,
                    AppRequests.tagged(apps, tag.get())
                            .map(views::app)
                            .or(() -> outcomes.last(repository, tag.get()).map(views::notDeployed))
                            .orElseThrow(() -> AppRequests.notFound(repository)));
        } else if (apps.isEmpty() && outcomes.last(repository).isEmpty()) {
            throw AppRequests.notFound(repository);
        } else {
            Etag.json(ctx, views.repository(repository, apps));
        }
    }

    private void remove(Context ctx) {
        String repository = requests.writable(ctx).repository();
        Optional<String> tag = AppRequests.tag(ctx);
        List<App> apps = requests.apps(repository).stream()
                .map(AppStatus::app)
                .filter(app -> tag.isEmpty() || app.tag().equals(tag.get()))
                .toList();
        boolean volumes = "true".equals(ctx.queryParam("volumes"));
        Optional<Outcome> last = tag.isPresent() ? outcomes.last(repository, tag.get()) : outcomes.last(repository);
        boolean left = volumes && tag.isEmpty() && deployments.hasLeftVolumes(repository);
        if (apps.isEmpty() && last.isEmpty() && !left) {
            throw AppRequests.notFound(repository);
        }
        deployments.cancel(repository, tag);
        apps.forEach(app -> deployments.remove(app, volumes));
        if (left) {
            deployments.removeLeftVolumes(repository);
        }
        outcomes.forget(repository, tag);
        ctx.status(204);
    }

    private void change(Context ctx, Consumer<App> change) {
        String repository = requests.writable(ctx).repository();
        App app = requests.app(ctx, repository).app();
        change.accept(app);
        ctx.json(target.find(app.name()).map(views::app).orElseThrow(() -> AppRequests.notFound(repository)));
    }

    private void wake(App app) {
        target.wake(app.name(), app.health().timeout());
    }

    private static void targetFailed(TargetException thrown, Context ctx) {
        Problem problem = switch (thrown) {
            case UnknownAppException e -> Problem.notFound("the app is not there any more");
            case AppFailedException e ->
                Problem.of(502, "app-failed", "The app failed", e.failure().reason());
            default -> {
                LOG.error("{} {}: the target failed", ctx.method(), ctx.path(), thrown);
                yield Problem.unavailable("the target did not do it; the notifier's log says more");
            }
        };
        ApiServer.answer(ctx, problem);
    }
}
