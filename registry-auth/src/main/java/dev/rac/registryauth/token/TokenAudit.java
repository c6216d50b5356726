package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditEvent;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.scope.ResourceScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** What the audit log is told of a token: what was granted of what was asked, for each resource. Pure. */
final class TokenAudit {
    private static final Set<String> READING = Set.of("pull", "read");

    private TokenAudit() {}

    /**
     * What is to be recorded of a request and what came of it. What RAC's own services read is left out.
     *
     * @param source the client's IP address
     */
    static List<AuditEvent> events(TokenRequest request, Tokens.Granted granted, String source) {
        String subject = granted.subject();
        return all(request, granted, subject, source).stream()
                .filter(event -> !isOwnReading(event))
                .toList();
    }

    // The notifier compares the registry's tags every few minutes: that would push everything else out.
    private static boolean isOwnReading(AuditEvent event) {
        return event.allowed()
                && event.action().equals(AuditEvent.TOKEN_READ)
                && event.actor().startsWith("@")
                && !event.actor().equals(Login.PULL_USER);
    }

    private static List<AuditEvent> all(TokenRequest request, Tokens.Granted granted, String subject, String source) {
        if (request.scopes().isEmpty()) {
            return List.of(
                    new AuditEvent(subject, AuditEvent.TOKEN_READ, "", source, true, "a login, for nothing yet"));
        }
        var events = new ArrayList<AuditEvent>();
        Iterator<ResourceScope> decisions = granted.decisions().iterator();
        for (ResourceScope asked : request.scopes()) {
            events.add(event(subject, source, asked, decisions.next().actions()));
        }
        return List.copyOf(events);
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
