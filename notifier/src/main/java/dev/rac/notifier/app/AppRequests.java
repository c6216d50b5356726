package dev.rac.notifier.app;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.event.References;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** What a request below {@code /apps} is about, and whether its sender may ask for it. Thread-safe. */
final class AppRequests {
    private static final String READ = "read";
    private static final String READ_WRITE = "read,write";

    private final Target target;
    private final Authorizer authorizer;

    AppRequests(Target target, Authorizer authorizer) {
        this.target = target;
        this.authorizer = authorizer;
    }

    /** A repository, and what the sender may do with its apps. */
    record Asked(String repository, Access access) {}

    /**
     * The repository of the path, for somebody who may see its apps.
     *
     * @throws ProblemException 404 for everybody else
     */
    String readable(Context ctx) {
        return visible(ctx, READ).repository();
    }

    /**
     * The repository of the path, for somebody who may change its apps.
     *
     * @throws ProblemException 404 for who may not see them, 401 and 403 for others
     */
    Asked writable(Context ctx) {
        Asked asked = visible(ctx, READ_WRITE);
        if (asked.access().mayWrite(asked.repository())) {
            return asked;
        }
        if (asked.access().anonymous()) {
            throw new ProblemException(Problem.unauthorized("log in to change the app of " + asked.repository()));
        }
        throw new ProblemException(Problem.forbidden("you may not change the app of " + asked.repository()));
    }

    /** What the sender may see of some repositories. */
    Access access(Context ctx, List<String> repositories) {
        return access(ctx, READ, repositories);
    }

    /** The tag whose app is meant; empty: the repository's own. */
    static Optional<String> tag(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("tag")).filter(tag -> !tag.isEmpty());
    }

    /** The apps of a repository. */
    List<AppStatus> apps(String repository) {
        return target.apps().stream()
                .filter(status -> status.app().repository().equals(repository))
                .toList();
    }

    /**
     * The app that the request is about.
     *
     * @throws ProblemException 404 if it is not deployed
     */
    AppStatus app(Context ctx, String repository) {
        List<AppStatus> apps = apps(repository);
        Optional<String> tag = tag(ctx);
        return (tag.isPresent() ? tagged(apps, tag.get()) : release(apps)).orElseThrow(() -> notFound(repository));
    }

    static Optional<AppStatus> tagged(List<AppStatus> apps, String tag) {
        return apps.stream().filter(status -> status.app().tag().equals(tag)).findFirst();
    }

    static ProblemException notFound(String repository) {
        return new ProblemException(Problem.notFound("there is no app of " + repository + ", or you may not see it"));
    }

    private static Optional<AppStatus> release(List<AppStatus> apps) {
        return apps.stream().filter(status -> AppNames.isRelease(status.app())).findFirst();
    }

    private Asked visible(Context ctx, String actions) {
        String repository = ctx.pathParam("repository");
        if (!References.isRepository(repository)) {
            throw new ProblemException(Problem.notFound("no repository can be named so"));
        }
        Access access = access(ctx, actions, List.of(repository));
        if (!access.mayRead(repository)) {
            throw notFound(repository);
        }
        return new Asked(repository, access);
    }

    private Access access(Context ctx, String actions, List<String> repositories) {
        return authorizer.access(ctx.header("Authorization"), ClientAddress.of(ctx), actions, repositories);
    }
}
