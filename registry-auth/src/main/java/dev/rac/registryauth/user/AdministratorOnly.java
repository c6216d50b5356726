package dev.rac.registryauth.user;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.http.Context;
import java.util.function.Function;

/** Lets administrators pass, and records what others tried. Thread-safe. */
final class AdministratorOnly {
    static final String REFUSAL = "only the administrator may do this";

    private final Function<Context, Account> asking;
    private final AuditLog audit;

    /**
     * Prepares the check.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    AdministratorOnly(Function<Context, Account> asking, AuditLog audit) {
        this.asking = asking;
        this.audit = audit;
    }

    /**
     * The administrator who sent a request.
     *
     * @param resource what the action is about; empty where there is none
     * @throws ProblemException 403 with {@code refusal} for everybody else
     */
    Account require(Context ctx, String action, String resource, String refusal) {
        Account account = asking.apply(ctx);
        if (!account.administrator()) {
            audit.record(ctx, account.name(), action, resource, false, "");
            throw new ProblemException(Problem.forbidden(refusal));
        }
        return account;
    }
}
