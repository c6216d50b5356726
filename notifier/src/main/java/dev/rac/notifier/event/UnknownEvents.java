package dev.rac.notifier.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/**
 * The last events that were not understood, as they came: what a registry tells of in a later version is not lost.
 * Thread-safe.
 */
final class UnknownEvents {
    static final int KEPT = 1000;

    /** In characters; of a longer event the beginning is kept. */
    static final int MAX_LENGTH = 16_384;

    private final Jdbi jdbi;

    UnknownEvents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps an event, in the place of the oldest one where there are too many. */
    void keep(Event.Unknown event, Instant receivedAt) {
        String text = event.text().substring(0, Math.min(event.text().length(), MAX_LENGTH));
        // A database takes no half of a surrogate pair; a NUL is six characters in JSON.
        String storable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "insert into notifier_unknown_event (reason, event, received_at) values (?, ?, ?)",
                    event.reason().name().toLowerCase(Locale.ROOT),
                    storable,
                    receivedAt);
            handle.execute(
                    "delete from notifier_unknown_event where position <="
                            + " (select max(position) from notifier_unknown_event) - ?",
                    KEPT);
        });
    }

    /** What is kept, the oldest first. */
    List<String> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select event from notifier_unknown_event order by position")
                        .mapTo(String.class)
                        .list());
    }
}
