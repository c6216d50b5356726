package dev.rac.notifier.deploy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The removals that count until something else is pushed. Thread-safe. */
public final class Removals {
    private final Jdbi jdbi;

    public Removals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Records that the apps of a repository are removed, or that of one tag, with what was last pushed. */
    void add(String repository, Optional<String> tag, Instant at) {
        String which = " and (:tag = '' or tag = :tag)";
        String insert = "insert into notifier_removal (repository, tag, digest, removed_at)"
                + " select repository, tag, digest, cast(:at as timestamp(3) with time zone) from ("
                + History.LAST_PUSHES + ") ranked where place = 1" + which;
        String insertUnknown = """
                insert into notifier_removal (repository, tag, removed_at) values (:repository, :tag, :at)
                on conflict do nothing
                """;
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from notifier_removal where repository = :repository" + which)
                    .bind("repository", repository)
                    .bind("tag", tag.orElse(Removal.ANY_TAG))
                    .execute();
            for (String statement : List.of(insert, insertUnknown)) {
                handle.createUpdate(statement)
                        .bind("repository", repository)
                        .bind("tag", tag.orElse(Removal.ANY_TAG))
                        .bind("at", at)
                        .execute();
            }
        });
    }

    /** Records that a preview is removed, for the registry has its tag no more: whatever is pushed next is new. */
    void addDeleted(String repository, String tag, Instant at) {
        jdbi.useTransaction(handle -> {
            handle.execute("delete from notifier_removal where repository = ? and tag = ?", repository, tag);
            handle.execute(
                    "insert into notifier_removal (repository, tag, digest, removed_at) values (?, ?, '', ?)",
                    repository,
                    tag,
                    at);
        });
    }

    /**
     * Records what the registry has of the tags whose digest was not known at the removal. From then on a tag without a
     * removal of its own is a new one.
     *
     * @param digests by tag
     */
    public void complete(String repository, Map<String, String> digests, Instant at) {
        String update = "update notifier_removal set digest = ? where repository = ? and tag = ?";
        String insert = "insert into notifier_removal (digest, repository, tag, removed_at) values (?, ?, ?, ?)";
        jdbi.useTransaction(handle -> {
            digests.forEach((tag, digest) -> {
                if (handle.execute(update, digest, repository, tag) == 0) {
                    handle.execute(insert, digest, repository, tag, at);
                }
            });
            handle.execute(
                    "delete from notifier_removal where repository = ? and tag = ?", repository, Removal.ANY_TAG);
        });
    }

    /** Those of a repository, by tag. */
    Map<String, Removal> of(String repository) {
        var removals = new HashMap<String, Removal>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "select tag, digest, removed_at from notifier_removal where repository = :repository")
                .bind("repository", repository)
                .map((row, context) -> new Removal(
                        row.getString("tag"),
                        Optional.ofNullable(row.getString("digest")),
                        row.getTimestamp("removed_at").toInstant()))
                .forEach(removal -> removals.put(removal.tag(), removal)));
        return removals;
    }
}
