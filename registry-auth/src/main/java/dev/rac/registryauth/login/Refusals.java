package dev.rac.registryauth.login;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.UserName;
import dev.rac.service.http.Credentials;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** Counts the logins that were refused, and tells the audit log of them. Thread-safe. */
public final class Refusals {
    private static final String ACTION = "login.fail";

    private final AuditLog audit;
    private final Predicate<String> exists;
    private final Counter wrong;
    private final Counter throttled;
    private final Counter busy;

    /**
     * Prepares the counters.
     *
     * @param exists whether somebody has a name
     */
    public Refusals(AuditLog audit, Predicate<String> exists, MeterRegistry metrics) {
        this.audit = audit;
        this.exists = exists;
        this.wrong = counter(metrics, "wrong");
        this.throttled = counter(metrics, "throttled");
        this.busy = counter(metrics, "busy");
    }

    private static Counter counter(MeterRegistry metrics, String reason) {
        return Counter.builder("rac.logins.refused")
                .description("Logins that were refused")
                .tag("reason", reason)
                .register(metrics);
    }

    /** The credentials were wrong. */
    public void wrong(Context ctx, Credentials credentials) {
        wrong.increment();
        String user = credentials instanceof Credentials.Basic(String name, String ignored) ? name : "";
        audit.record(ctx, named(user), ACTION, "", false, "wrong credentials");
    }

    /** Too many wrong passwords came before. */
    public void throttled(Context ctx, ThrottledException e) {
        throttled.increment();
        audit.record(ctx, named(e.user()), ACTION, "", false, "too many wrong passwords before");
    }

    /** Too many passwords were being checked. */
    public void busy() {
        busy.increment();
    }

    // What is nobody's name may be a password in the wrong place.
    private String named(String user) {
        boolean service = user.startsWith("@") && UserName.valid(user.substring(1));
        return service || (UserName.valid(user) && exists.test(user)) ? user : "?";
    }
}
