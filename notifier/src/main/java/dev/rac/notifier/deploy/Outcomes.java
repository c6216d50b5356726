package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What came of each push, rollback and change of variables. Thread-safe. */
public final class Outcomes {
    /** How many images of each app are remembered, however long ago they were deployed. */
    static final int KEPT_REVISIONS = 10;

    // An event's id that the registry did not give.
    private static final String NO_PUSH =
            "(%1$sevent_id like '" + Push.ROLLBACK + "%%' or %1$sevent_id like '" + Push.SETTINGS + "%%')";

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
        return last(handle -> handle.createQuery(
                        "select " + OutcomeRow.COLUMNS + " from notifier_outcome" + " where repository = :repository"
                                + History.IS_PUSH + " order by pushed_at desc, recorded_at desc limit 1")
                .bind("repository", repository));
    }

    /** What came of the last push of a tag. */
    public Optional<Outcome> last(String repository, String tag) {
        return last(handle -> handle.createQuery("select " + OutcomeRow.COLUMNS + " from notifier_outcome"
                        + " where repository = :repository and tag = :tag" + History.IS_PUSH
                        + " order by pushed_at desc, recorded_at desc limit 1")
                .bind("repository", repository)
                .bind("tag", tag));
    }

    /** When what a repository's apps have was pushed or rolled back to, the last time that it was deployed. */
    Map<AppName, Instant> lastDeployed(String repository) {
        String select = "select app, max(pushed_at) as pushed_at from notifier_outcome"
                + " where repository = :repository and app is not null and outcome = 'deployed'" + History.IS_DECISION
                + " group by app";
        var last = new HashMap<AppName, Instant>();
        jdbi.useHandle(handle -> handle.createQuery(select)
                .bind("repository", repository)
                .map((row, context) -> Map.entry(
                        new AppName(row.getString("app")),
                        row.getTimestamp("pushed_at").toInstant()))
                .forEach(entry -> last.put(entry.getKey(), entry.getValue())));
        return last;
    }

    /**
     * What was deployed for an app, and what came of its rollbacks and changed variables, the latest first; at most so
     * many.
     */
    List<Outcome> history(App app, int limit) {
        String select = "select " + OutcomeRow.COLUMNS + """
                 from notifier_outcome
                where repository = :repository and (app = :app
                    or (app is null and %s and tag in (
                        select tag from notifier_outcome where repository = :repository and app = :app)))
                order by pushed_at desc, recorded_at desc limit :limit
                """.formatted(NO_PUSH.formatted(""));
        return jdbi.withHandle(handle -> handle.createQuery(select)
                .bind("repository", app.repository())
                .bind("app", app.name().value())
                .bind("limit", limit)
                .map((row, context) -> OutcomeRow.read(row))
                .list());
    }

    /**
     * Forgets what was recorded before {@code limit}, but for the last push of each tag and the last
     * {@value #KEPT_REVISIONS} images of each app.
     */
    public void forget(Instant limit) {
        String delete = """
                delete from notifier_outcome where recorded_at < :limit
                and exists (
                    select 1 from notifier_outcome newer
                    where newer.repository = notifier_outcome.repository and newer.tag = notifier_outcome.tag
                        and newer.pushed_at > notifier_outcome.pushed_at
                        and (not %s or %s))
                and event_id not in (
                    select event_id from (
                        select event_id, dense_rank() over (partition by app order by newest desc, image) as place
                        from (
                            select event_id, app, coalesce(image_digest, digest) as image,
                                max(pushed_at) over (partition by app, coalesce(image_digest, digest)) as newest
                            from notifier_outcome where app is not null) deployed) placed
                    where place <= :kept)
                """.formatted(NO_PUSH.formatted("newer."), NO_PUSH.formatted("notifier_outcome."));
        jdbi.useHandle(handle -> handle.createUpdate(delete)
                .bind("limit", limit)
                .bind("kept", KEPT_REVISIONS)
                .execute());
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
                query.apply(handle).map((row, context) -> OutcomeRow.read(row)).findFirst());
    }

    private static int update(Handle handle, Outcome outcome) {
        String update = """
                update notifier_outcome set
                    app = :app, image_digest = :imageDigest, outcome = :outcome, reason = :reason, failure = :failure,
                    recorded_at = :at
                where event_id = :id
                """;
        return OutcomeRow.bind(handle.createUpdate(update), outcome).execute();
    }

    private static void insert(Handle handle, Outcome outcome) {
        String insert = "insert into notifier_outcome (" + OutcomeRow.COLUMNS + ") values (:id, :repository, :tag,"
                + " :digest, :app, :imageDigest, :outcome, :reason, :failure, :pushedBy, :pushedAt, :at)";
        OutcomeRow.bind(OutcomeRow.bind(handle.createUpdate(insert), outcome), outcome.push())
                .execute();
    }
}
