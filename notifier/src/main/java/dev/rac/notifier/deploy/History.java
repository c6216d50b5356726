package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.targets.AppName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What is recorded of repositories, taken together. Thread-safe. */
public final class History {
    private static final String COLUMNS = "event_id, repository, tag, digest, app, pushed_by, pushed_at, recorded_at";
    private static final String LATEST_FIRST = " order by pushed_at desc, recorded_at desc) as place";
    /** Leaves out changes of variables, which decide on no image. */
    static final String IS_DECISION = " and event_id not like '" + Push.SETTINGS + "%'";
    /** Leaves out rollbacks as well. */
    static final String IS_PUSH = IS_DECISION + " and event_id not like '" + Push.ROLLBACK + "%'";

    /** The pushes of a repository; of each tag the last one has place 1. */
    static final String LAST_PUSHES = "select " + COLUMNS + ", row_number() over (partition by tag" + LATEST_FIRST
            + " from notifier_outcome where repository = :repository" + IS_PUSH;

    private static final String LAST_DEPLOYED =
            "select " + COLUMNS + ", row_number() over (partition by app" + LATEST_FIRST
                    + " from notifier_outcome where repository = :repository and outcome = 'deployed'" + IS_DECISION;

    private final Jdbi jdbi;
    private final Inbox inbox;
    private final Removals removals;

    public History(Jdbi jdbi, Inbox inbox, Removals removals) {
        this.jdbi = jdbi;
        this.inbox = inbox;
        this.removals = removals;
    }

    /** What is recorded of a repository. */
    public Known of(String repository) {
        // First what is under way: had it been read last, what ends meanwhile would be found nowhere.
        List<Push> fresh = inbox.fresh(repository);
        return new Known(
                last(LAST_PUSHES, repository).stream()
                        .collect(Collectors.toMap(recorded -> recorded.push().tag(), Function.identity())),
                last(LAST_DEPLOYED, repository),
                removals.of(repository),
                fresh.stream().map(Push::tag).collect(Collectors.toSet()));
    }

    private List<Recorded> last(String ranked, String repository) {
        return jdbi.withHandle((Handle handle) -> handle.createQuery(
                        "select " + COLUMNS + " from (" + ranked + ") ranked where place = 1")
                .bind("repository", repository)
                .map((row, context) -> recorded(row))
                .list());
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                Inbox.push(row),
                Optional.ofNullable(row.getString("app")).map(AppName::new),
                row.getTimestamp("recorded_at").toInstant());
    }
}
