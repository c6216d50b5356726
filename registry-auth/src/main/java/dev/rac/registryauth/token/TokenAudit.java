package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditEvent;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.scope.ResourceScope;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Tells the audit log what was granted of what was asked, for each resource. Thread-safe. */
final class TokenAudit {
    private static final Set<String> READING = Set.of("pull", "read");

    private final AuditLog audit;

    TokenAudit(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Records a request and what came of it.
     *
     * @param source the client's IP address
     */
    void record(TokenRequest request, Tokens.Granted granted, String source) {
        String subject = granted.subject();
        if (request.scopes().isEmpty()) {
            audit.record(new AuditEvent(subject, AuditEvent.TOKEN_READ, "", source, true, "a login, for nothing yet"));
        }
        Iterator<ResourceScope> decisions = granted.decisions().iterator();
        for (ResourceScope asked : request.scopes()) {
            audit.record(event(subject, source, asked, decisions.next().actions()));
        }
    }

    private static AuditEvent event(String subject, String source, ResourceScope asked, List<String> given) {
        List<String> refused = asked.actions().stream()
                .filter(action -> !given.contains(action))
                .toList();
        return new AuditEvent(
                subject,
                READING.containsAll(asked.actions()) ? AuditEvent.TOKEN_READ : AuditEvent.TOKEN_WRITE,
                asked.type() + ":" + asked.name(),
                source,
                refused.isEmpty(),
                detail(given, refused));
    }

    private static String detail(List<String> given, List<String> refused) {
        String granted = given.isEmpty() ? "" : "granted " + String.join(",", given);
        String not = refused.isEmpty() ? "" : "refused " + String.join(",", refused);
        return granted + (granted.isEmpty() || not.isEmpty() ? "" : "; ") + not;
    }
}
