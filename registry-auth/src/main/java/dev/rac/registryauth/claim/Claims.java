package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The claims in the database, whose key makes one of several simultaneous claims win. Thread-safe. */
public final class Claims {
    private static final String SELECT = "select pattern, owner, created_at from auth_claims ";

    private final Jdbi jdbi;
    private final Clock clock;

    public Claims(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What came of an attempt to claim. */
    public sealed interface Outcome {
        /** The repository is the user's from now on. */
        record Claimed(Claim claim) implements Outcome {}

        /** It was the user's before. */
        record AlreadyOwned(Claim claim) implements Outcome {}

        /** It is somebody else's. */
        record OwnedByAnother() implements Outcome {}
    }

    public Outcome claim(RepositoryName repository, String user) {
        while (true) {
            var wanted = new Claim(repository, user, clock.instant());
            if (insert(wanted)) {
                return new Outcome.Claimed(wanted);
            }
            Optional<Claim> there = find(repository);
            if (there.isPresent()) {
                return there.get().owner().equals(user)
                        ? new Outcome.AlreadyOwned(there.get())
                        : new Outcome.OwnedByAnother();
            }
            // It was released in between: try again.
        }
    }

    public Optional<Claim> find(RepositoryName repository) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where pattern = :pattern")
                .bind("pattern", repository.value())
                .map((row, context) -> claim(row))
                .findOne());
    }

    /** The claims of a user, by name. */
    public List<Claim> ownedBy(String user) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where owner = :owner order by pattern")
                .bind("owner", user)
                .map((row, context) -> claim(row))
                .list());
    }

    /** The owners of those of the repositories that are claimed. */
    public Map<RepositoryName, String> owners(Collection<RepositoryName> repositories) {
        if (repositories.isEmpty()) {
            return Map.of();
        }
        List<String> patterns =
                repositories.stream().map(RepositoryName::value).distinct().toList();
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where pattern in (<patterns>)")
                .bindList("patterns", patterns)
                .map((row, context) -> claim(row))
                .collect(Collectors.toMap(Claim::repository, Claim::owner)));
    }

    /**
     * Releases a claim.
     *
     * @return false if it is not that owner's any more
     */
    public boolean release(Claim claim) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "delete from auth_claims where pattern = :pattern and owner = :owner")
                        .bind("pattern", claim.repository().value())
                        .bind("owner", claim.owner())
                        .execute())
                == 1;
    }

    /** Hands all claims of a user to another one, within the transaction in which the user is deleted. */
    public void handOver(Handle handle, String from, String to) {
        handle.createUpdate("update auth_claims set owner = :to where owner = :from")
                .bind("to", to)
                .bind("from", from)
                .execute();
    }

    private boolean insert(Claim claim) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into auth_claims (pattern, owner, created_at)
                        values (:pattern, :owner, :createdAt)
                        on conflict do nothing""")
                        .bind("pattern", claim.repository().value())
                        .bind("owner", claim.owner())
                        .bind("createdAt", claim.createdAt())
                        .execute())
                == 1;
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                new RepositoryName(row.getString("pattern")),
                row.getString("owner"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
