package dev.rac.registryauth.user;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.http.Context;
import java.util.function.Function;

/** Lets administrators pass, and records what others tried. Thread-safe. */
public final class AdministratorOnly {
    private final Function<Context, Account> asking;
    private final AuditLog audit;

    /**
     * Prepares the check.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public AdministratorOnly(Function<Context, Account> asking, AuditLog audit) {
        this.asking = asking;
        this.audit = audit;
    }

    /**
     * The administrator who sent a request.
     *
     * @param action what was asked for, as the audit log calls it
     * @param resource what the action is about; empty where there is none
     * @throws ProblemException 403 for everybody else
     */
    public Account require(Context ctx, String action, String resource) {
        Account account = asking.apply(ctx);
        require(ctx, account, action, resource);
        return account;
    }

    /**
     * Ends a request unless the person who sent it is an administrator.
     *
     * @throws ProblemException 403 for everybody else
     */
    public void require(Context ctx, Account account, String action, String resource) {
        if (!account.administrator()) {
            audit.record(ctx, account.name(), action, resource, false, "not an administrator");
            throw new ProblemException(Problem.forbidden("only an administrator may do this"));
        }
    }
}
