package dev.rac.notifier.deploy;

import dev.rac.targets.AppName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * The names of removed apps whose volumes were kept: each stays its repository's, so that nobody else's app of the
 * same name finds the data. Thread-safe.
 */
public final class Reservations {
    private final Jdbi jdbi;

    public Reservations(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Reserves a name for a repository. */
    void add(AppName name, String repository) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into notifier_reservation (app, repository) values (?, ?) on conflict do nothing",
                name.value(),
                repository));
    }

    /** Sets a name free. */
    void remove(AppName name) {
        jdbi.useHandle(handle -> handle.execute("delete from notifier_reservation where app = ?", name.value()));
    }

    /** Every reserved name with its repository. */
    Map<AppName, String> all() {
        var reserved = new HashMap<AppName, String>();
        jdbi.useHandle(handle -> handle.createQuery("select app, repository from notifier_reservation")
                .map((row, context) -> Map.entry(new AppName(row.getString("app")), row.getString("repository")))
                .forEach(entry -> reserved.put(entry.getKey(), entry.getValue())));
        return reserved;
    }

    /** The names reserved for a repository. */
    public List<AppName> of(String repository) {
        return all().entrySet().stream()
                .filter(entry -> entry.getValue().equals(repository))
                .map(Map.Entry::getKey)
                .toList();
    }
}
