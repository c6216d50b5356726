package dev.rac.registryauth.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rac.registryauth.audit.AuditEntry;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.service.http.Paging;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /claims/<repository>/-/history}: what was done to a claim, and who could have pushed, also before it was
 * one. For those who manage it. Thread-safe.
 */
final class HistoryRoutes {
    private final ClaimAccess access;
    private final AuditLog audit;

    HistoryRoutes(ClaimAccess access, AuditLog audit) {
        this.access = access;
        this.audit = audit;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ClaimRoutes.ONE + "/-/history", this::history);
    }

    /**
     * What happened, as clients see it.
     *
     * @param actor empty for somebody without an account
     * @param source the client's address: for the administrator alone, since it is a person's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record EntryView(
            Instant firstAt,
            Instant lastAt,
            long count,
            String actor,
            String action,
            boolean allowed,
            String detail,
            @Nullable String source) {
        static EntryView of(AuditEntry entry, boolean withSource) {
            return new EntryView(
                    entry.firstAt(),
                    entry.lastAt(),
                    entry.count(),
                    entry.actor(),
                    entry.action(),
                    entry.allowed(),
                    entry.detail(),
                    withSource ? entry.source() : null);
        }
    }

    private void history(Context ctx) {
        Standing standing = access.managed(ctx, "claim.history");
        String resource = ClaimAccess.resource(standing.claim().pattern());
        boolean withSource = standing.account().administrator();
        ctx.json(audit.history(resource, Paging.of(ctx).limit()).stream()
                .map(entry -> EntryView.of(entry, withSource))
                .toList());
    }
}
