package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.targets.AppJson;
import dev.rac.targets.AppName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** An outcome as its table's row. */
final class OutcomeRow {
    static final String COLUMNS =
            "event_id, repository, tag, digest, app, image_digest, outcome, reason, failure, pushed_by, pushed_at,"
                    + " recorded_at";

    private static final int MAX_REASON = 2000;

    private OutcomeRow() {}

    static Outcome read(ResultSet row) throws SQLException {
        return new Outcome(
                Inbox.push(row),
                Optional.ofNullable(row.getString("app")).map(AppName::new),
                Optional.ofNullable(row.getString("image_digest")),
                Outcome.State.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("failure")).map(AppJson::readFailure),
                row.getTimestamp("recorded_at").toInstant());
    }

    // JSON has a NUL as six characters, which PostgreSQL takes.
    private static String clean(String text) {
        return text.replace("\0", "");
    }

    /** Binds what a push is. */
    static <T extends SqlStatement<T>> T bind(T statement, Push push) {
        return statement
                .bind("repository", push.repository())
                .bind("tag", push.tag())
                .bind("digest", push.digest())
                .bind("pushedBy", push.pushedBy().orElse(null))
                .bind("pushedAt", push.pushedAt());
    }

    /** Binds which push it is, and what came of it. */
    static <T extends SqlStatement<T>> T bind(T statement, Outcome outcome) {
        return statement
                .bind("id", outcome.push().eventId())
                .bind("app", outcome.app().map(AppName::value).orElse(null))
                .bind("imageDigest", outcome.imageDigest().orElse(null))
                .bind("outcome", outcome.state().name().toLowerCase(Locale.ROOT))
                .bind("reason", outcome.reason().map(OutcomeRow::storable).orElse(null))
                .bind(
                        "failure",
                        outcome.failure()
                                .map(AppJson::write)
                                .map(OutcomeRow::clean)
                                .orElse(null))
                .bind("at", outcome.at());
    }

    // A database takes no NUL, and no more than the column holds.
    private static String storable(String reason) {
        String clean = clean(reason);
        return clean.substring(0, Math.min(clean.length(), MAX_REASON));
    }
}
