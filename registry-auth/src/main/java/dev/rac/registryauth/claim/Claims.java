package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.ForeignKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The claims in the database: first come, first served. Thread-safe. */
public final class Claims {
    private static final String SELECT = "select pattern, owner, is_public, created_at from auth_claims ";

    private final Jdbi jdbi;
    private final Clock clock;

    public Claims(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What came of an attempt to claim. */
    sealed interface Outcome {
        /** It is the user's from now on. */
        record Claimed(Claim claim) implements Outcome {}

        /** It was the user's before. */
        record AlreadyOwned(Claim claim) implements Outcome {}

        /** It is somebody else's, or lies in what is. */
        record OwnedByAnother() implements Outcome {}

        /** The user does not exist any more. */
        record NoSuchUser() implements Outcome {}
    }

    /** Claims a repository or a namespace, unless that, or the closest namespace around it, is another user's. */
    Outcome claim(RepositoryPattern pattern, String user, boolean isPublic) {
        return ForeignKeys.check(
                () -> jdbi.inTransaction(handle -> claim(handle, pattern, user, isPublic)), new Outcome.NoSuchUser());
    }

    private Outcome claim(Handle handle, RepositoryPattern pattern, String user, boolean isPublic) {
        lockRoot(handle, pattern);
        Optional<Claim> there = find(handle, pattern);
        if (there.isPresent() && there.get().owner().equals(user)) {
            return new Outcome.AlreadyOwned(there.get());
        }
        Optional<Holding> decisive = ClaimLookUp.decisive(handle, pattern.covering());
        if (decisive.isPresent() && !decisive.get().owner().equals(user)) {
            return new Outcome.OwnedByAnother();
        }
        // The time is taken under the lock: claims that may be in each other's way have those of their order.
        var wanted = new Claim(pattern, user, isPublic, clock.instant());
        insert(handle, wanted);
        return new Outcome.Claimed(wanted);
    }

    Optional<Standing> find(RepositoryPattern pattern, Account account) {
        return jdbi.withHandle(handle -> find(handle, pattern)
                .map(claim -> new Standing(
                        claim,
                        account,
                        ClaimLookUp.role(handle, claim, account.name()).orElse(null))));
    }

    /** The claims on a repository and on namespaces around it; the first one decides. */
    List<Claim> covering(RepositoryName repository) {
        List<String> covering = RepositoryPattern.covering(repository);
        return jdbi
                .withHandle(handle -> handle.createQuery(SELECT + "where pattern in (<covering>)")
                        .bindList("covering", covering)
                        .map((row, context) -> claim(row))
                        .list())
                .stream()
                .sorted(Comparator.comparingInt(
                        claim -> covering.indexOf(claim.pattern().value())))
                .toList();
    }

    /** A claim in a list, with the role that the user has as a member of this very claim. */
    record Listed(Claim claim, @Nullable Role role) {}

    /** Claims that a user owns or is a member of, by pattern, beginning after {@code after}. */
    List<Listed> of(String user, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.pattern, c.owner, c.is_public, c.created_at, m.role
                        from auth_claims c
                        left join auth_claim_members m on m.pattern = c.pattern and m.user_name = :user
                        where c.pattern in (
                            select pattern from auth_claims where owner = :user and pattern > :after
                            union
                            select pattern from auth_claim_members where user_name = :user and pattern > :after)
                        order by c.pattern limit :limit""")
                .bind("user", user)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Listed(claim(row), role(row)))
                .list());
    }

    /** Everybody's claims, by pattern, beginning after {@code after}. */
    List<Listed> all(String after, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "where pattern > :after order by pattern limit :limit")
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, context) -> new Listed(claim(row), null))
                        .list());
    }

    /** What came of an attempt to change a claim. */
    enum Change {
        DONE,
        /** It is not that owner's any more. */
        MEANWHILE_ANOTHERS,
        NO_SUCH_USER
    }

    /** Changes the visibility, the owner, or both; null leaves one as it is. */
    Change change(Claim claim, @Nullable Boolean isPublic, @Nullable String owner) {
        return ForeignKeys.check(
                () -> jdbi.inTransaction(handle -> {
                    int changed = handle.createUpdate("""
                                    update auth_claims
                                    set is_public = coalesce(cast(:public as boolean), is_public),
                                        owner = coalesce(cast(:newOwner as varchar(32)), owner),
                                        given_to = coalesce(cast(:newOwner as varchar(32)), given_to)
                                    where pattern = :pattern and owner = :owner""")
                            .bind("public", isPublic)
                            .bind("newOwner", owner)
                            .bind("pattern", claim.pattern().value())
                            .bind("owner", claim.owner())
                            .execute();
                    if (changed == 0) {
                        return Change.MEANWHILE_ANOTHERS;
                    }
                    if (owner != null) {
                        // An owner is no member beside.
                        Members.delete(handle, claim.pattern(), owner);
                    }
                    return Change.DONE;
                }),
                Change.NO_SUCH_USER);
    }

    /**
     * Releases a claim.
     *
     * @return false if it is not that owner's any more
     */
    boolean release(Claim claim) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "delete from auth_claims where pattern = :pattern and owner = :owner")
                        .bind("pattern", claim.pattern().value())
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
        handle.createUpdate("""
                        delete from auth_claim_members
                        where user_name = :to and pattern in (select pattern from auth_claims where owner = :to)""").bind("to", to).execute();
    }

    private static void lockRoot(Handle handle, RepositoryPattern pattern) {
        handle.createUpdate("insert into auth_claim_roots (name) values (:name) on conflict do nothing")
                .bind("name", pattern.root())
                .execute();
        handle.createQuery("select name from auth_claim_roots where name = :name for update")
                .bind("name", pattern.root())
                .mapTo(String.class)
                .one();
    }

    private static Optional<Claim> find(Handle handle, RepositoryPattern pattern) {
        return handle.createQuery(SELECT + "where pattern = :pattern")
                .bind("pattern", pattern.value())
                .map((row, context) -> claim(row))
                .findOne();
    }

    private static void insert(Handle handle, Claim claim) {
        handle.createUpdate("""
                        insert into auth_claims (pattern, owner, given_to, is_public, created_at)
                        values (:pattern, :owner, :owner, :public, :createdAt)""")
                .bind("pattern", claim.pattern().value())
                .bind("owner", claim.owner())
                .bind("public", claim.isPublic())
                .bind("createdAt", claim.createdAt())
                .execute();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                new RepositoryPattern(row.getString("pattern")),
                row.getString("owner"),
                row.getBoolean("is_public"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Role role(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return role == null ? null : Role.parse(role).orElseThrow();
    }
}
