package dev.rac.notifier.reconcile;

import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** When previews ran last. Thread-safe. */
public final class PreviewUse {
    private final Jdbi jdbi;

    public PreviewUse(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Records that a preview runs, or is seen for the first time. */
    void used(AppName preview, Instant at) {
        jdbi.useTransaction(handle -> {
            if (handle.execute("update notifier_preview_use set used_at = ? where app = ?", at, preview.value()) == 0) {
                insert(handle, preview, at);
            }
        });
    }

    /** Records that a preview is there; whether it was seen before. */
    boolean isNew(AppName preview, Instant at) {
        return jdbi.withHandle(handle -> insert(handle, preview, at)) == 1;
    }

    /** Forgets a preview. */
    void forget(AppName preview) {
        jdbi.useHandle(handle -> handle.execute("delete from notifier_preview_use where app = ?", preview.value()));
    }

    /** When each known preview ran last. */
    Map<AppName, Instant> all() {
        var used = new HashMap<AppName, Instant>();
        jdbi.useHandle(handle -> handle.createQuery("select app, used_at from notifier_preview_use")
                .map((row, context) -> Map.entry(
                        new AppName(row.getString("app")),
                        row.getTimestamp("used_at").toInstant()))
                .forEach(entry -> used.put(entry.getKey(), entry.getValue())));
        return used;
    }

    private static int insert(Handle handle, AppName preview, Instant at) {
        return handle.execute(
                "insert into notifier_preview_use (app, used_at) values (?, ?) on conflict do nothing",
                preview.value(),
                at);
    }
}
