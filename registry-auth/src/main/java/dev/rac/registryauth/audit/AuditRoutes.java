package dev.rac.registryauth.audit;

import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code GET /audit}, for the administrator. Thread-safe. */
public final class AuditRoutes {
    private static final int DEFAULT_LIMIT = 100;

    private final AuditLog log;
    private final Consumer<Context> requireAdministrator;

    /**
     * Prepares the route.
     *
     * @param requireAdministrator ends everybody else's request with a problem
     */
    public AuditRoutes(AuditLog log, Consumer<Context> requireAdministrator) {
        this.log = log;
        this.requireAdministrator = requireAdministrator;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/audit", this::list);
    }

    /**
     * A page of entries.
     *
     * @param next what to send as {@code after} for the next page; null at the end
     */
    private record Page(List<AuditEntry> entries, @Nullable String next) {}

    private void list(Context ctx) {
        requireAdministrator.accept(ctx);
        int limit = limit(ctx);
        List<AuditEntry> entries = log.find(new AuditTable.Query(
                Optional.ofNullable(ctx.queryParam("actor"))
                        .map(AuditEvent::cleanName)
                        .orElse(null),
                parameter(ctx, "resource").map(AuditEvent::cleanResource).orElse(null),
                true,
                after(ctx),
                limit));
        ctx.json(new Page(
                entries, entries.size() < limit ? null : entries.getLast().id()));
    }

    private static @Nullable String after(Context ctx) {
        String after = parameter(ctx, "after").orElse(null);
        if (after != null && !EntryId.valid(after)) {
            throw new ProblemException(
                    Problem.badRequest("\"after\" is the id of an entry, as an earlier page gives it in \"next\""));
        }
        return after;
    }

    private static int limit(Context ctx) {
        String text = parameter(ctx, "limit").orElse(String.valueOf(DEFAULT_LIMIT));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= AuditLog.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // As wrong as a number that is out of range.
        }
        throw new ProblemException(Problem.badRequest("\"limit\" is a whole number from 1 to " + AuditLog.MAX_LIMIT));
    }

    private static Optional<String> parameter(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isEmpty());
    }
}
