package dev.rac.registryauth.token;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.login.Refusals;
import dev.rac.registryauth.login.RequestLogin;
import dev.rac.registryauth.login.ThrottledException;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.token.RecentAnswers.Answer;
import dev.rac.registryauth.token.TokenMetrics.Outcome;
import dev.rac.registryauth.token.TokenRequest.Grant;
import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Credentials;
import dev.rac.service.http.Problem;
import dev.rac.service.json.Json;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code GET /token} and {@code POST /token}. Thread-safe. */
public final class TokenRoutes {
    private static final String PATH = "/token";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Tokens tokens;
    private final RecentAnswers recent;
    private final TokenMetrics metrics;
    private final AuditLog audit;
    private final Refusals refusals;
    private final String service;

    public TokenRoutes(
            Tokens tokens,
            RecentAnswers recent,
            TokenMetrics metrics,
            AuditLog audit,
            Refusals refusals,
            String service) {
        this.tokens = tokens;
        this.recent = recent;
        this.metrics = metrics;
        this.audit = audit;
        this.refusals = refusals;
        this.service = service;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get(PATH, ctx -> answer(ctx, false, () -> get(ctx)));
        config.routes.post(PATH, ctx -> answer(ctx, true, () -> post(ctx)));
    }

    private TokenRequest get(Context ctx) {
        return TokenRequest.get(Parameters.parse(ctx.queryString()), RequestLogin.credentials(ctx), service);
    }

    private TokenRequest post(Context ctx) {
        // Some clients append a charset. The server's own accessor fails on one that it does not know.
        String type = ctx.header(Header.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            throw TokenException.unsupportedMediaType("send the parameters as " + FORM);
        }
        return TokenRequest.post(Parameters.parse(body(ctx)), RequestLogin.credentials(ctx), service);
    }

    private void answer(Context ctx, boolean oauth2, Supplier<TokenRequest> read) {
        long start = System.nanoTime();
        String source = ClientAddress.of(ctx);
        RecentAnswers.Asked asked = recent.ask(() -> parts(ctx, source));
        Optional<Answer> again = recent.find(asked);
        if (again.isPresent()) {
            give(ctx, again.get());
            metrics.record(again.get().grant(), again.get().outcome(), since(start));
            return;
        }
        String grant = "unknown";
        var outcome = Outcome.ERROR;
        Credentials credentials = new Credentials.None();
        try {
            TokenRequest request = read.get();
            credentials = credentials(request.grant());
            grant = TokenMetrics.label(request.grant());
            Answer answer = answer(request, grant, oauth2, source);
            outcome = answer.outcome();
            recent.remember(asked, answer);
            give(ctx, answer);
        } catch (TokenException e) {
            outcome = e.status() == 401 ? Outcome.DENIED : Outcome.INVALID;
            if (outcome == Outcome.DENIED && !(credentials instanceof Credentials.None)) {
                refusals.wrong(ctx, credentials);
            }
            refuse(ctx, e);
        } catch (PasswordsBusyException | ThrottledException e) {
            outcome = Outcome.BUSY;
            throw e;
        } finally {
            metrics.record(grant, outcome, since(start));
        }
    }

    private static List<String> parts(Context ctx, String source) {
        var parts = new ArrayList<String>();
        parts.add(ctx.method().name());
        parts.add(source);
        parts.add(String.valueOf(ctx.queryString()));
        parts.add(String.valueOf(ctx.header(Header.CONTENT_TYPE)));
        parts.add(body(ctx));
        parts.addAll(Collections.list(ctx.req().getHeaders(Header.AUTHORIZATION)));
        return parts;
    }

    private static String body(Context ctx) {
        return new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8);
    }

    private Answer answer(TokenRequest request, String grant, boolean oauth2, String source) {
        Tokens.Granted granted = tokens.grant(request, source);
        return new Answer(
                Json.MAPPER.writeValueAsBytes(response(granted, oauth2)),
                TokenAudit.events(request, granted, source),
                grant,
                granted.decisions().equals(request.scopes()) ? Outcome.GRANTED : Outcome.PARTIAL,
                granted.repeatableUntil());
    }

    private void give(Context ctx, Answer answer) {
        answer.events().forEach(audit::record);
        // Signatures and certificates hardly get smaller, and it took a fifth of the time of a long answer.
        ctx.disableCompression();
        ctx.header(Header.CACHE_CONTROL, "no-store")
                .contentType(ContentType.APPLICATION_JSON)
                .result(answer.body());
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static Credentials credentials(Grant grant) {
        return switch (grant) {
            case Grant.Login(Credentials credentials) -> credentials;
            case Grant.Refresh(String token) -> new Credentials.Bearer(token);
        };
    }

    private static TokenResponse response(Tokens.Granted granted, boolean oauth2) {
        RegistryTokens.RegistryToken token = granted.token();
        String scope = granted.scopes().stream().map(ResourceScope::toString).collect(Collectors.joining(" "));
        return new TokenResponse(
                token.text(),
                token.text(),
                token.lifetime().toSeconds(),
                token.issuedAt(),
                oauth2 ? scope : null,
                granted.refreshToken());
    }

    private static void refuse(Context ctx, TokenException e) {
        ctx.header(Header.CACHE_CONTROL, "no-store");
        if (e.status() == 401) {
            ctx.header(Header.WWW_AUTHENTICATE, ApiServer.BASIC_CHALLENGE);
        }
        ctx.status(e.status()).json(TokenProblem.of(e)).contentType(Problem.CONTENT_TYPE);
    }
}
