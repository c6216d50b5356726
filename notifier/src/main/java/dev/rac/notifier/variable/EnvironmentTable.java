package dev.rac.notifier.variable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of variables, within somebody's transaction. */
final class EnvironmentTable {
    private final Handle handle;
    private final String repository;

    EnvironmentTable(Handle handle, String repository) {
        this.handle = handle;
        this.repository = repository;
    }

    /**
     * A variable as it is stored.
     *
     * @param sealed its value, encrypted
     * @param keyId of the key that it was encrypted with
     */
    record Row(String name, String sealed, String keyId, Optional<String> setBy, Instant setAt) {}

    /** Until the transaction ends, nobody else changes this repository's variables. */
    void lock() {
        handle.execute("insert into notifier_environment (repository) values (?) on conflict do nothing", repository);
        handle.createQuery("select repository from notifier_environment where repository = ? for update")
                .bind(0, repository)
                .mapTo(String.class)
                .one();
    }

    Optional<String> settings() {
        return handle.createQuery("select settings from notifier_environment where repository = ?")
                .bind(0, repository)
                .map((row, context) -> Optional.ofNullable(row.getString("settings")))
                .findFirst()
                .flatMap(settings -> settings);
    }

    /** When the claim began under which they were set. */
    Optional<String> claimedAt() {
        return handle.createQuery(
                        "select claimed_at from notifier_environment where repository = ? and claimed_at is not null")
                .bind(0, repository)
                .mapTo(String.class)
                .findOne();
    }

    void claimedAt(String since) {
        handle.execute("update notifier_environment set claimed_at = ? where repository = ?", since, repository);
    }

    void settings(Optional<String> settings) {
        handle.execute(
                "update notifier_environment set settings = ? where repository = ?", settings.orElse(null), repository);
    }

    /** By name. */
    List<Row> rows() {
        return handle.createQuery("select name, sealed, key_id, set_by, set_at from notifier_variable"
                        + " where repository = ? order by name")
                .bind(0, repository)
                .map((row, context) -> new Row(
                        row.getString("name"),
                        row.getString("sealed"),
                        row.getString("key_id"),
                        Optional.ofNullable(row.getString("set_by")),
                        row.getTimestamp("set_at").toInstant()))
                .list();
    }

    void put(Row row) {
        remove(row.name());
        handle.execute(
                "insert into notifier_variable (repository, name, sealed, key_id, set_by, set_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                repository,
                row.name(),
                row.sealed(),
                row.keyId(),
                row.setBy().orElse(null),
                row.setAt());
    }

    void remove(String name) {
        handle.execute("delete from notifier_variable where repository = ? and name = ?", repository, name);
    }
}
