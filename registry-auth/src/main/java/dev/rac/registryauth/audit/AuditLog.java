package dev.rac.registryauth.audit;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is to be kept of who did what. Thread-safe; never waits for the database. */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** Records what the sender of a request did, or tried to do. */
    public void record(Context ctx, String actor, String action, String resource, boolean allowed, String detail) {
        record(new AuditEvent(actor, action, resource, ctx.ip(), allowed, detail));
    }

    public void record(AuditEvent event) {
        LOG.info("{}", event);
    }
}
