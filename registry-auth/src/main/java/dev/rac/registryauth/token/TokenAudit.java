package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditEvent;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.scope.ResourceScope;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** Tells the audit log what was granted of what was asked, for each resource. Thread-safe. */
final class TokenAudit {
    private static final Set<String> READING = Set.of("pull", "read");

    private final AuditLog audit;

    TokenAudit(AuditLog audit) {
        this.audit = audit;
    }

    void record(Context ctx, TokenRequest request, Tokens.Granted granted) {
        if (request.scopes().isEmpty()) {
            audit.record(ctx, granted.subject(), AuditEvent.TOKEN_READ, "", true, "a login, for nothing yet");
        }
        for (ResourceScope asked : request.scopes()) {
            List<String> given = granted.scopes().stream()
                    .filter(scope ->
                            scope.name().equals(asked.name()) && scope.type().equals(asked.type()))
                    .flatMap(scope -> scope.actions().stream())
                    .toList();
            List<String> refused = asked.actions().stream()
                    .filter(action -> !given.contains(action))
                    .toList();
            audit.record(
                    ctx,
                    granted.subject(),
                    READING.containsAll(asked.actions()) ? AuditEvent.TOKEN_READ : "token.write",
                    asked.type() + ":" + asked.name(),
                    refused.isEmpty(),
                    detail(given, refused));
        }
    }

    private static String detail(List<String> given, List<String> refused) {
        String granted = given.isEmpty() ? "" : "granted " + String.join(",", given);
        String not = refused.isEmpty() ? "" : "refused " + String.join(",", refused);
        return granted + (granted.isEmpty() || not.isEmpty() ? "" : "; ") + not;
    }
}
