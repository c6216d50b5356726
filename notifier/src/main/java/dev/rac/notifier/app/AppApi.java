package dev.rac.notifier.app;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.deploy.Deployments;
import dev.rac.notifier.deploy.Outcome;
import dev.rac.notifier.deploy.Outcomes;
import dev.rac.notifier.event.References;
import dev.rac.notifier.image.HttpCaller;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /apps}: what runs, for those who may see it. An app that the caller may not see is not there (404). */
public final class AppApi {
    private static final String READ = "read";
    private static final String READ_WRITE = "read,write";

    private static final Logger LOG = LoggerFactory.getLogger(AppApi.class);

    private final Target target;
    private final Deployments deployments;
    private final Outcomes outcomes;
    private final Authorizer authorizer;
    private final AppViews views;

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
            HttpCaller http,
            URI registryAuth,
            String service,
            URI publicUrl,
            Clock clock) {
        this.target = target;
        this.deployments = deployments;
        this.outcomes = outcomes;
        var verifier = new TokenVerifier(new Certificates(http, registryAuth, clock), service, clock);
        authorizer = new Authorizer(http, verifier, registryAuth, service);
        views = new AppViews(outcomes, publicUrl);
    }

    public void routes(JavalinConfig config) {
        config.routes.get("/apps", this::list);
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

    private void list(Context ctx) {
        Map<String, List<AppStatus>> byRepository = target.apps().stream()
                .collect(Collectors.groupingBy(status -> status.app().repository(), TreeMap::new, Collectors.toList()));
        Access access = access(ctx, READ, List.copyOf(byRepository.keySet()));
        List<AppView> apps = byRepository.entrySet().stream()
                .filter(entry -> access.mayRead(entry.getKey()))
                .map(entry -> views.repository(entry.getKey(), entry.getValue()))
                .toList();
        ctx.json(Map.of("apps", apps));
    }

    private void show(Context ctx) {
        String repository = visible(ctx, READ).repository();
        List<AppStatus> apps = apps(repository);
        Optional<String> tag = tag(ctx);
        if (tag.isPresent()) {
            ctx.json(tagged(apps, tag.get())
                    .map(views::app)
                    .or(() -> outcomes.last(repository, tag.get()).map(views::notDeployed))
                    .orElseThrow(() -> notFound(repository)));
        } else if (apps.isEmpty() && outcomes.last(repository).isEmpty()) {
            throw notFound(repository);
        } else {
            ctx.json(views.repository(repository, apps));
        }
    }

    private void remove(Context ctx) {
        String repository = writable(ctx);
        Optional<String> tag = tag(ctx);
        List<App> apps = apps(repository).stream()
                .map(AppStatus::app)
                .filter(app -> tag.isEmpty() || app.tag().equals(tag.get()))
                .toList();
        boolean volumes = "true".equals(ctx.queryParam("volumes"));
        Optional<Outcome> last = tag.isPresent() ? outcomes.last(repository, tag.get()) : outcomes.last(repository);
        boolean left = volumes && tag.isEmpty() && deployments.hasLeftVolumes(repository);
        if (apps.isEmpty() && last.isEmpty() && !left) {
            throw notFound(repository);
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
        String repository = writable(ctx);
        List<AppStatus> apps = apps(repository);
        Optional<String> tag = tag(ctx);
        App app = (tag.isPresent() ? tagged(apps, tag.get()) : release(apps))
                .map(AppStatus::app)
                .orElseThrow(() -> notFound(repository));
        change.accept(app);
        ctx.json(target.find(app.name()).map(views::app).orElseThrow(() -> notFound(repository)));
    }

    private void wake(App app) {
        target.wake(app.name(), app.health().timeout());
    }

    private record Visible(String repository, Access access) {}

    private Visible visible(Context ctx, String actions) {
        String repository = ctx.pathParam("repository");
        if (!References.isRepository(repository)) {
            throw new ProblemException(Problem.notFound("no repository can be named so"));
        }
        Access access = access(ctx, actions, List.of(repository));
        if (!access.mayRead(repository)) {
            throw notFound(repository);
        }
        return new Visible(repository, access);
    }

    private String writable(Context ctx) {
        Visible visible = visible(ctx, READ_WRITE);
        if (visible.access().mayWrite(visible.repository())) {
            return visible.repository();
        }
        if (visible.access().anonymous()) {
            throw new ProblemException(Problem.unauthorized("log in to change the app of " + visible.repository()));
        }
        throw new ProblemException(Problem.forbidden("you may not change the app of " + visible.repository()));
    }

    private Access access(Context ctx, String actions, List<String> repositories) {
        return authorizer.access(ctx.header("Authorization"), ClientAddress.of(ctx), actions, repositories);
    }

    private List<AppStatus> apps(String repository) {
        return target.apps().stream()
                .filter(status -> status.app().repository().equals(repository))
                .toList();
    }

    private static Optional<AppStatus> release(List<AppStatus> apps) {
        return apps.stream().filter(status -> AppNames.isRelease(status.app())).findFirst();
    }

    private static Optional<AppStatus> tagged(List<AppStatus> apps, String tag) {
        return apps.stream().filter(status -> status.app().tag().equals(tag)).findFirst();
    }

    private static Optional<String> tag(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("tag")).filter(tag -> !tag.isEmpty());
    }

    private static ProblemException notFound(String repository) {
        return new ProblemException(Problem.notFound("there is no app of " + repository + ", or you may not see it"));
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
