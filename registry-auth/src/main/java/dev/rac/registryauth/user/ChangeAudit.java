package dev.rac.registryauth.user;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Administration.Outcome;
import io.javalin.http.Context;

/** Tells the audit log what came of a change to a user. Thread-safe. */
final class ChangeAudit {
    private final AuditLog audit;

    ChangeAudit(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Records a change, done or refused.
     *
     * @param name of the user it is about
     */
    void record(Context ctx, Account actor, String action, String name, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done ignored -> record(ctx, actor, action, name, true, "");
            case Outcome.Deleted(Account ignored, String heir) ->
                record(ctx, actor, action, name, true, "claims to " + heir);
            case Outcome.LastAdministrator() ->
                record(ctx, actor, action, name, false, "the last administrator who may log in");
            case Outcome.KeptInFile() -> record(ctx, actor, action, name, false, "kept in the htpasswd file");
            // The name may be anything.
            case Outcome.Unknown() -> {}
        }
    }

    private void record(Context ctx, Account actor, String action, String name, boolean done, String detail) {
        audit.record(ctx, actor.name(), action, "user:" + name, done, detail);
    }
}
