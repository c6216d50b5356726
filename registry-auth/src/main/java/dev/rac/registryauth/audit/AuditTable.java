package dev.rac.registryauth.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The entries in the database. Thread-safe. */
final class AuditTable {
    private static final String SELECT = """
        select id, first_at, last_at, times, actor, action, resource, source, allowed, detail
        from auth_audit where\s""";

    private final Jdbi jdbi;

    AuditTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What to look for.
     *
     * @param after the id of the last entry that was seen
     */
    record Query(
            @Nullable String actor,
            @Nullable String resource,
            boolean withHarmless,
            @Nullable String after,
            int limit) {}

    /** Adds entries in one transaction; those that are there stay as they are. */
    void insert(List<AuditEntry> entries) {
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("""
                insert into auth_audit
                    (id, first_at, last_at, times, actor, action, resource, source, allowed, detail, harmless)
                values (:id, :firstAt, :lastAt, :times, :actor, :action, :resource, :source, :allowed, :detail,
                    :harmless)
                on conflict do nothing""");
            for (AuditEntry entry : entries) {
                batch.bind("id", entry.id())
                        .bind("firstAt", entry.firstAt())
                        .bind("lastAt", entry.lastAt())
                        .bind("times", entry.count())
                        .bind("actor", entry.actor())
                        .bind("action", entry.action())
                        .bind("resource", entry.resource())
                        .bind("source", entry.source())
                        .bind("allowed", entry.allowed())
                        .bind("detail", entry.detail())
                        .bind("harmless", AuditEvent.harmless(entry.action()))
                        .add();
            }
            batch.execute();
        });
    }

    /** Writes how many they have become, in one transaction. */
    void update(List<AuditEntry> entries) {
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("update auth_audit set times = :times, last_at = :lastAt where id = :id");
            for (AuditEntry entry : entries) {
                batch.bind("times", entry.count())
                        .bind("lastAt", entry.lastAt())
                        .bind("id", entry.id())
                        .add();
            }
            batch.execute();
        });
    }

    /** The latest entries first. */
    List<AuditEntry> find(Query query) {
        var sql = new StringBuilder(SELECT + "true");
        sql.append(query.actor() == null ? "" : " and actor = :actor");
        sql.append(query.resource() == null ? "" : " and resource = :resource");
        sql.append(query.withHarmless() ? "" : " and harmless = false");
        sql.append(query.after() == null ? "" : " and id < :after");
        sql.append(" order by id desc limit :limit");
        return jdbi.withHandle(handle -> {
            var select = handle.createQuery(sql).bind("limit", query.limit());
            if (query.actor() != null) {
                select.bind("actor", query.actor());
            }
            if (query.resource() != null) {
                select.bind("resource", query.resource());
            }
            if (query.after() != null) {
                select.bind("after", query.after());
            }
            return select.map((row, context) -> entry(row)).list();
        });
    }

    /** The latest of those that stand for many permissions to push, whatever the repositories were. */
    List<AuditEntry> manyGrants(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + "resource = :many and harmless = false and action = :write and allowed"
                                + " order by id desc limit :limit")
                .bind("many", AuditEvent.MANY)
                .bind("write", AuditEvent.TOKEN_WRITE)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
    }

    /**
     * Deletes the oldest entries from before a time.
     *
     * @return how many, at most {@code limit}: short transactions hold nobody up
     */
    int deleteBefore(Instant time, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
            delete from auth_audit
            where id in (select id from auth_audit where id < :before order by id limit :limit)""")
                .bind("before", EntryId.of(time))
                .bind("limit", limit)
                .execute());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString("id"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                row.getLong("times"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("source"),
                row.getBoolean("allowed"),
                row.getString("detail"));
    }
}
