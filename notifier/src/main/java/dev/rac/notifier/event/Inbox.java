package dev.rac.notifier.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The pushes that the registry told of, and the rollbacks that were asked for: fresh until their outcome is recorded,
 * then done. What is stored outlives the process. Thread-safe.
 */
public final class Inbox {
    private final Jdbi jdbi;

    public Inbox(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Stores a push as fresh.
     *
     * @return false if the event was stored before
     */
    public boolean store(Push push, Instant receivedAt) {
        String insert = """
                insert into notifier_inbox
                    (event_id, repository, tag, digest, pushed_by, pushed_at, received_at, status)
                values (:id, :repository, :tag, :digest, :pushedBy, :pushedAt, :receivedAt, 'fresh')
                on conflict do nothing
                """;
        return jdbi.withHandle(handle -> handle.createUpdate(insert)
                        .bind("id", push.eventId())
                        .bind("repository", push.repository())
                        .bind("tag", push.tag())
                        .bind("digest", push.digest())
                        .bind("pushedBy", push.pushedBy().orElse(null))
                        .bind("pushedAt", push.pushedAt())
                        .bind("receivedAt", receivedAt)
                        .execute())
                == 1;
    }

    /** What still has to be done, in the order of the pushes. */
    public List<Push> fresh() {
        String select = """
                select event_id, repository, tag, digest, pushed_by, pushed_at from notifier_inbox
                where status = 'fresh' order by pushed_at, position
                """;
        return jdbi.withHandle(handle ->
                handle.createQuery(select).map((row, context) -> push(row)).list());
    }

    /** What still has to be done for one repository. */
    public List<Push> fresh(String repository) {
        String select = """
                select event_id, repository, tag, digest, pushed_by, pushed_at from notifier_inbox
                where status = 'fresh' and repository = :repository
                """;
        return jdbi.withHandle(handle -> handle.createQuery(select)
                .bind("repository", repository)
                .map((row, context) -> push(row))
                .list());
    }

    /** Notes that a push needs nothing more. */
    public void done(String eventId) {
        jdbi.useHandle(
                handle -> handle.execute("update notifier_inbox set status = 'done' where event_id = ?", eventId));
    }

    /** Forgets what was done and received before {@code limit}: the registry sends no event again that late. */
    public void forget(Instant limit) {
        jdbi.useHandle(handle ->
                handle.execute("delete from notifier_inbox where status = 'done' and received_at < ?", limit));
    }

    /** The push of a row that has its columns. */
    public static Push push(ResultSet row) throws SQLException {
        return new Push(
                row.getString("event_id"),
                row.getString("repository"),
                row.getString("tag"),
                row.getString("digest"),
                Optional.ofNullable(row.getString("pushed_by")),
                row.getTimestamp("pushed_at").toInstant());
    }
}
