package dev.rac.registryauth.catalogue;

import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.login.RequestLogin;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.service.http.Paging;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /repositories}. Thread-safe. */
public final class CatalogueRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueRoutes.class);
    // A list is costly for the registry, and anybody may ask for one.
    private static final int MAX_AT_ONCE = 4;
    private static final String RETRY_AFTER_SECONDS = "2";

    private final @Nullable Catalogue catalogue;
    private final RequestLogin login;
    private final Semaphore running = new Semaphore(MAX_AT_ONCE);

    /**
     * Prepares the route.
     *
     * @param catalogue null where it is not known where the registry is
     */
    public CatalogueRoutes(@Nullable Catalogue catalogue, RequestLogin login) {
        this.catalogue = catalogue;
        this.login = login;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/repositories", this::list);
    }

    private void list(Context ctx) {
        Caller caller = login.caller(ctx);
        Paging paging = Paging.of(ctx);
        if (!paging.after().isEmpty() && RepositoryName.parse(paging.after()).isEmpty()) {
            throw new ProblemException(Problem.badRequest("\"after\" must have " + RepositoryName.GRAMMAR));
        }
        if (catalogue == null) {
            throw new ProblemException(Problem.unavailable(
                    "registry-auth does not know where the registry is: its setting RAC_REGISTRY_URL is missing"));
        }
        if (!running.tryAcquire()) {
            ctx.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
            throw new ProblemException(
                    Problem.of(429, "too-many-requests", "Too many requests", "many lists are being made: try again"));
        }
        try {
            Catalogue.Part part = catalogue.list(caller, paging.after(), paging.limit());
            if (part.next() != null) {
                paging.linkNext(ctx, part.next());
            }
            ctx.json(part.repositories());
        } catch (IOException e) {
            LOG.warn("cannot list the registry's repositories", e);
            throw new ProblemException(Problem.unavailable("the registry does not give its list: try again"));
        } finally {
            running.release();
        }
    }
}
