package dev.rac.notifier.variable;

import dev.rac.notifier.image.UnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The variables that were set for repositories. Values go in, and come out for deployments only. Thread-safe; of several
 * changes at once the last one wins, variable by variable.
 */
public final class Environments {
    private static final Logger LOG = LoggerFactory.getLogger(Environments.class);

    private final Jdbi jdbi;
    private final EnvironmentKey key;
    private final Clock clock;

    /** Takes up what is stored; the log says what of it cannot be read with this key. */
    public Environments(Jdbi jdbi, EnvironmentKey key, Clock clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.clock = clock;
        List<String> unreadable = jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct repository from notifier_variable where key_id <> ? order by repository")
                .bind(0, key.id())
                .mapTo(String.class)
                .list());
        if (!unreadable.isEmpty()) {
            LOG.error(
                    "the variables of {} repositories cannot be read: {}. Restore the file and start again, or have them set"
                            + " again; until then these are not deployed anew: {}",
                    unreadable.size(),
                    EnvironmentKey.LOST,
                    unreadable);
        }
    }

    /** What may be told of a repository's variables, by name. */
    public List<VariableInfo> list(String repository) {
        return in(repository, EnvironmentTable::rows).stream()
                .map(row -> new VariableInfo(
                        row.name(),
                        row.setBy(),
                        row.setAt(),
                        open(repository, row).isPresent() ? Optional.empty() : Optional.of(EnvironmentKey.LOST)))
                .toList();
    }

    /** Tells a repository's variables apart from those of before and after; empty where there are none. */
    public Optional<String> settings(String repository) {
        return in(repository, EnvironmentTable::settings);
    }

    /**
     * A repository's variables, for a deployment.
     *
     * @throws UnavailableException if they cannot be read
     */
    public AppEnvironment of(String repository) {
        return in(repository, table -> {
            Optional<String> settings = table.settings();
            var variables = new TreeMap<String, String>();
            for (EnvironmentTable.Row row : table.rows()) {
                String value = open(repository, row)
                        .orElseThrow(() -> new UnavailableException(
                                "the variables of " + repository + " cannot be read: " + EnvironmentKey.LOST));
                variables.put(row.name(), value);
            }
            return new AppEnvironment(settings, variables, table.claimedAt());
        });
    }

    /**
     * Changes a repository's variables; within the transaction of the calling thread, where it has one.
     *
     * @param user who wants it, empty for anonymous
     * @param claim the one that decides about the repository; variables set under another owner's go. Empty: whichever
     *     it is, as for a change that sets none
     * @return whether that made a difference; whatever is set does, though it be the same
     * @throws InvalidVariablesException if they would be too many or too long together
     * @throws UnreadableVariablesException if some would be left that cannot be read
     */
    public boolean change(String repository, EnvironmentChange change, Optional<String> user, Optional<Claim> claim) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return in(repository, table -> {
            table.lock();
            List<EnvironmentTable.Row> rows = table.rows();
            Set<String> leaving = leaving(rows, change, isAnothers(table, claim));
            if (leaving.isEmpty() && change.set().isEmpty()) {
                return false;
            }
            check(repository, rows, leaving, change);
            leaving.forEach(table::remove);
            claim.map(Claim::since).ifPresent(table::claimedAt);
            change.set()
                    .forEach((name, value) -> table.put(
                            new EnvironmentTable.Row(name, key.seal(repository, name, value), key.id(), user, now)));
            boolean empty = change.set().isEmpty() && leaving.size() == rows.size();
            table.settings(
                    empty ? Optional.empty() : Optional.of(UUID.randomUUID().toString()));
            return true;
        });
    }

    private static boolean isAnothers(EnvironmentTable table, Optional<Claim> claim) {
        return claim.isPresent()
                && table.claimedAt().filter(claim.get()::continues).isEmpty();
    }

    private static Set<String> leaving(List<EnvironmentTable.Row> rows, EnvironmentChange change, boolean all) {
        var leaving = new HashSet<String>();
        for (EnvironmentTable.Row row : rows) {
            boolean isSet = change.set().containsKey(row.name());
            if (!isSet && (all || change.replacesAll() || change.removed().contains(row.name()))) {
                leaving.add(row.name());
            }
        }
        return leaving;
    }

    private void check(
            String repository, List<EnvironmentTable.Row> rows, Set<String> leaving, EnvironmentChange change) {
        Map<String, String> all = new TreeMap<>();
        List<EnvironmentTable.Row> staying = rows.stream()
                .filter(row -> !leaving.contains(row.name()) && !change.set().containsKey(row.name()))
                .toList();
        List<String> unreadable = staying.stream()
                .filter(row -> open(repository, row)
                        .map(value -> all.put(row.name(), value) != null)
                        .isEmpty())
                .map(EnvironmentTable.Row::name)
                .toList();
        if (!unreadable.isEmpty()) {
            throw new UnreadableVariablesException(unreadable);
        }
        all.putAll(change.set());
        VariableLimits.checkAll(all.keySet(), VariableLimits.totalBytes(all));
    }

    private Optional<String> open(String repository, EnvironmentTable.Row row) {
        return key.open(repository, row.name(), row.sealed());
    }

    private <T> T in(String repository, Function<EnvironmentTable, T> work) {
        return jdbi.inTransaction(handle -> work.apply(new EnvironmentTable(handle, repository)));
    }
}
