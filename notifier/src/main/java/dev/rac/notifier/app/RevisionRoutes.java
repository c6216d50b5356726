package dev.rac.notifier.app;

import dev.rac.notifier.deploy.Revision;
import dev.rac.notifier.deploy.Revisions;
import dev.rac.notifier.event.References;
import dev.rac.notifier.image.NotifierException;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.service.http.Paging;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.targets.App;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /apps/<repository>/-/revisions} and {@code /-/rollback}: what was deployed for an app, and the way back. */
final class RevisionRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionRoutes.class);

    private final AppRequests requests;
    private final Revisions revisions;

    RevisionRoutes(AppRequests requests, Revisions revisions) {
        this.requests = requests;
        this.revisions = revisions;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/apps/<repository>/-/revisions", this::list);
        config.routes.post("/apps/<repository>/-/rollback", this::rollBack);
    }

    /**
     * What is asked for.
     *
     * @param digest of a revision; null: the one before
     */
    private record Rollback(@Nullable String digest) {}

    private void list(Context ctx) {
        App app = requests.app(ctx, requests.readable(ctx)).app();
        Paging paging = Paging.of(ctx);
        List<Revision> part = after(revisions.of(app), paging.after()).stream()
                .limit(paging.limitAndOne())
                .toList();
        ctx.json(Map.of(
                "revisions",
                paging.cut(ctx, part, Revision::digest).stream()
                        .map(RevisionView::of)
                        .toList()));
    }

    private static List<Revision> after(List<Revision> all, String digest) {
        if (digest.isEmpty()) {
            return all;
        }
        List<String> digests = all.stream().map(Revision::digest).toList();
        if (!digests.contains(digest)) {
            throw new ProblemException(Problem.badRequest("\"after\" is the digest of one of the app's revisions"));
        }
        return all.subList(digests.indexOf(digest) + 1, all.size());
    }

    private void rollBack(Context ctx) {
        AppRequests.Asked asked = requests.writable(ctx);
        Optional<String> digest = digest(ctx);
        App app = requests.app(ctx, asked.repository()).app();
        Revision revision = rollBack(app, digest, asked.access().user()).orElseThrow(() -> noRevision(app, digest));
        ctx.status(202).json(RevisionView.of(revision));
    }

    private Optional<Revision> rollBack(App app, Optional<String> digest, Optional<String> user) {
        try {
            return revisions.rollBack(app, digest, user);
        } catch (UnavailableException e) {
            LOG.warn("{} could not be rolled back: {}", app.name(), e.getMessage());
            throw new ProblemException(Problem.unavailable(e.getMessage() + "; try again"));
        } catch (NotifierException e) {
            throw new ProblemException(Problem.conflict(app.name() + " cannot be rolled back to "
                    + digest.orElse("the revision before") + ": " + e.getMessage()));
        }
    }

    private static Optional<String> digest(Context ctx) {
        if (ctx.bodyAsBytes().length == 0) {
            return Optional.empty();
        }
        Optional<String> digest =
                Optional.ofNullable(ctx.bodyAsClass(Rollback.class).digest());
        if (digest.isPresent() && !References.isDigest(digest.get())) {
            throw new ProblemException(Problem.badRequest("\"digest\" is a digest, such as sha256:… with 64 digits"));
        }
        return digest;
    }

    private static ProblemException noRevision(App app, Optional<String> digest) {
        return new ProblemException(
                Problem.notFound(digest.map(wanted -> wanted + " was not deployed for " + app.name())
                                .orElse("nothing is known that was deployed for " + app.name() + " before")
                        + "; its revisions are listed at /apps/" + app.repository() + "/-/revisions"));
    }
}
