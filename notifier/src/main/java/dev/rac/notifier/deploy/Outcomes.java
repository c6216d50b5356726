package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** What came of each push. Thread-safe. */
public final class Outcomes {
    private static final int MAX_REASON = 2000;
    private static final String COLUMNS =
            "event_id, repository, tag, digest, app, outcome, reason, pushed_by, pushed_at, recorded_at";

    private final Jdbi jdbi;

    public Outcomes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Records an outcome, in place of an earlier one of the same push. */
    public void record(Outcome outcome) {
        jdbi.useTransaction(handle -> {
            if (update(handle, outcome) == 0) {
                insert(handle, outcome);
            }
        });
    }

    /** What came of the repository's last push, of whatever tag. */
    public Optional<Outcome> last(String repository) {
        return last(handle -> handle.createQuery("select " + COLUMNS + " from notifier_outcome"
                        + " where repository = :repository order by pushed_at desc, recorded_at desc limit 1")
                .bind("repository", repository));
    }

    /** What came of the last push of a tag. */
    public Optional<Outcome> last(String repository, String tag) {
        return last(handle -> handle.createQuery("select " + COLUMNS + " from notifier_outcome"
                        + " where repository = :repository and tag = :tag"
                        + " order by pushed_at desc, recorded_at desc limit 1")
                .bind("repository", repository)
                .bind("tag", tag));
    }

    /** Forgets what was recorded before {@code limit}, but for each tag's last push, and what came after it. */
    public void forget(Instant limit) {
        String delete = """
                delete from notifier_outcome where recorded_at < :limit and exists (
                    select 1 from notifier_outcome newer
                    where newer.repository = notifier_outcome.repository and newer.tag = notifier_outcome.tag
                        and newer.pushed_at > notifier_outcome.pushed_at
                """ + History.IS_PUSH + ")";
        jdbi.useHandle(
                handle -> handle.createUpdate(delete).bind("limit", limit).execute());
    }

    /** Notes that what was deployed as an app is so no more. */
    void removed(AppName app, String repository) {
        String update = "update notifier_outcome set outcome = 'ignored', reason = 'the app was removed', app = null"
                + " where repository = ? and app = ?";
        jdbi.useHandle(handle -> handle.execute(update, repository, app.value()));
    }

    /** Forgets a repository's outcomes, or those of one tag. */
    public void forget(String repository, Optional<String> tag) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from notifier_outcome where repository = :repository"
                        + (tag.isPresent() ? " and tag = :tag" : ""))
                .bind("repository", repository)
                .bind("tag", tag.orElse(null))
                .execute());
    }

    private Optional<Outcome> last(Function<Handle, Query> query) {
        return jdbi.withHandle(handle ->
                query.apply(handle).map((row, context) -> outcome(row)).findFirst());
    }

    private static int update(Handle handle, Outcome outcome) {
        String update = """
                update notifier_outcome set app = :app, outcome = :outcome, reason = :reason, recorded_at = :at
                where event_id = :id
                """;
        return bind(handle.createUpdate(update), outcome).execute();
    }

    private static void insert(Handle handle, Outcome outcome) {
        String insert = "insert into notifier_outcome (" + COLUMNS + ")"
                + " values (:id, :repository, :tag, :digest, :app, :outcome, :reason, :pushedBy, :pushedAt, :at)";
        bind(handle.createUpdate(insert), outcome)
                .bind("repository", outcome.push().repository())
                .bind("tag", outcome.push().tag())
                .bind("digest", outcome.push().digest())
                .bind("pushedBy", outcome.push().pushedBy().orElse(null))
                .bind("pushedAt", outcome.push().pushedAt())
                .execute();
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Outcome outcome) {
        return statement
                .bind("id", outcome.push().eventId())
                .bind("app", outcome.app().map(AppName::value).orElse(null))
                .bind("outcome", outcome.state().name().toLowerCase(Locale.ROOT))
                .bind("reason", outcome.reason().map(Outcomes::storable).orElse(null))
                .bind("at", outcome.at());
    }

    // A database takes no NUL, and no more than the column holds.
    private static String storable(String reason) {
        String clean = reason.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MAX_REASON));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        var push = new Push(
                row.getString("event_id"),
                row.getString("repository"),
                row.getString("tag"),
                row.getString("digest"),
                Optional.ofNullable(row.getString("pushed_by")),
                row.getTimestamp("pushed_at").toInstant());
        return new Outcome(
                push,
                Optional.ofNullable(row.getString("app")).map(AppName::new),
                Outcome.State.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("reason")),
                row.getTimestamp("recorded_at").toInstant());
    }
}
