package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditEvent;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.login.RequestLogin;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.token.PullCredentials.PullCredential;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /pull-credentials}, for services. Thread-safe. */
public final class PullCredentialRoutes {
    private final PullCredentials credentials;
    private final RequestLogin login;
    private final AuditLog audit;

    public PullCredentialRoutes(PullCredentials credentials, RequestLogin login, AuditLog audit) {
        this.credentials = credentials;
        this.login = login;
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/pull-credentials", this::create);
    }

    private record NewPullCredential(@Nullable String repository) {}

    private record PullCredentialView(String username, String password, Instant expiresAt) {}

    private void create(Context ctx) {
        String service = login.service(ctx, AuditEvent.PULL_CREDENTIAL).name();
        RepositoryName repository = Optional.ofNullable(
                        ctx.bodyAsClass(NewPullCredential.class).repository())
                .flatMap(RepositoryName::parse)
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("\"repository\" must be a name of " + RepositoryName.GRAMMAR)));
        PullCredential credential = credentials.issue(repository);
        audit.record(ctx, service, AuditEvent.PULL_CREDENTIAL, "repository:" + repository.value(), true, "");
        ctx.status(HttpStatus.CREATED)
                .header(Header.CACHE_CONTROL, "no-store")
                .json(new PullCredentialView(Login.PULL_USER, credential.password(), credential.expiresAt()));
    }
}
