package dev.rac.registryauth.login;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.user.Account;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Credentials;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** Who sent an HTTP request; ends it with a problem where that is not who may. Thread-safe. */
public final class RequestLogin {
    private final Login login;
    private final AuditLog audit;
    private final Refusals refusals;

    public RequestLogin(Login login, AuditLog audit, Refusals refusals) {
        this.login = login;
        this.audit = audit;
        this.refusals = refusals;
    }

    /** The credentials in the request's header, of which there may be one. */
    public static Credentials credentials(Context ctx) {
        List<String> headers = Collections.list(ctx.req().getHeaders("Authorization"));
        return headers.size() > 1
                ? new Credentials.Malformed("the request has " + headers.size() + " Authorization headers")
                : Credentials.parse(headers.isEmpty() ? null : headers.getFirst());
    }

    /**
     * The person who sent the request.
     *
     * @throws ProblemException 401 without right credentials, 403 for a machine, a service or a pull credential
     */
    public Account person(Context ctx) {
        return switch (caller(ctx)) {
            case Caller.Person(Account account) -> account;
            case Caller.Anonymous() ->
                throw new ProblemException(Problem.unauthorized("send the name and password of a user"));
            case Caller.Machine(Account account, AccessToken token) -> {
                recordRefusal(ctx, account.name(), "access-token.refuse", "access-token:" + token.id());
                throw new ProblemException(
                        Problem.forbidden("an access token is for images and apps: send the user's password here"));
            }
            case Caller.Service(String name) -> {
                recordRefusal(ctx, name, "service.refuse", "");
                throw new ProblemException(Problem.forbidden("this is for users only"));
            }
            case Caller.Puller(RepositoryName repository) -> {
                recordRefusal(ctx, Login.PULL_USER, "pull-credential.refuse", "repository:" + repository.value());
                throw new ProblemException(Problem.forbidden("this is for users only"));
            }
        };
    }

    private void recordRefusal(Context ctx, String actor, String action, String resource) {
        audit.record(ctx, actor, action, resource, false, ctx.method() + " " + ctx.path());
    }

    /**
     * The service that sent the request.
     *
     * @param action what was asked for, as the audit log calls it where it is refused
     * @throws ProblemException 401 without right credentials, 403 for everybody else
     */
    public Caller.Service service(Context ctx, String action) {
        Caller caller = caller(ctx);
        if (caller instanceof Caller.Service service) {
            return service;
        }
        audit.record(ctx, caller.subject(), action, "", false, "not a service");
        throw new ProblemException(
                caller instanceof Caller.Anonymous
                        ? Problem.unauthorized("send the credentials of a service")
                        : Problem.forbidden("this is for services only"));
    }

    /**
     * Whoever sent the request, which may be nobody.
     *
     * @throws ProblemException 401 with wrong credentials
     */
    public Caller caller(Context ctx) {
        Credentials credentials = credentials(ctx);
        return switch (login.login(credentials, ClientAddress.of(ctx))) {
            case Login.Outcome.Accepted(Caller caller) -> caller;
            case Login.Outcome.Rejected(String reason) -> {
                refusals.wrong(ctx, credentials);
                throw new ProblemException(Problem.unauthorized(reason));
            }
        };
    }
}
