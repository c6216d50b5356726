package dev.rac.registryauth.login;

import dev.rac.registryauth.user.PasswordsBusyException;
import dev.rac.service.http.ApiServer;
import dev.rac.service.http.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;

/** Answers requests whose password was not checked: 429 (RFC 6585, section 4), with {@code Retry-After}. */
public final class LoginProblems {
    private static final long BUSY_SECONDS = 2;

    private final Refusals refusals;

    public LoginProblems(Refusals refusals) {
        this.refusals = refusals;
    }

    public void addTo(JavalinConfig config) {
        config.routes.exception(PasswordsBusyException.class, (e, ctx) -> {
            refusals.busy();
            answer(ctx, BUSY_SECONDS, "many passwords are being checked: try again");
        });
        config.routes.exception(ThrottledException.class, (e, ctx) -> {
            refusals.throttled(ctx, e);
            answer(
                    ctx,
                    e.retryAfterSeconds(),
                    "too many wrong passwords for this user came from your address: try again in "
                            + e.retryAfterSeconds() + " s");
        });
    }

    private static void answer(Context ctx, long retryAfterSeconds, String detail) {
        ctx.header(Header.RETRY_AFTER, String.valueOf(retryAfterSeconds));
        ApiServer.answer(ctx, Problem.of(429, "too-many-requests", "Too many requests", detail));
    }
}
