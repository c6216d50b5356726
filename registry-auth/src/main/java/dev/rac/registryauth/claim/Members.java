package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.ForeignKeys;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The members of claims in the database. Thread-safe. */
public final class Members {
    private final Jdbi jdbi;
    private final Clock clock;

    public Members(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A user with a role. */
    record Member(String user, Role role) {}

    /** The members of this very claim, by name. */
    List<Member> of(Claim claim) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select user_name, role from auth_claim_members where pattern = :pattern order by user_name")
                .bind("pattern", claim.pattern().value())
                .map((row, context) -> new Member(
                        row.getString("user_name"),
                        Role.parse(row.getString("role")).orElseThrow()))
                .list());
    }

    /** Gives a user who is not the owner a role, in place of an earlier one. */
    Claims.Change put(Claim claim, Member member) {
        return ForeignKeys.check(
                () -> jdbi.inTransaction(handle -> {
                    // Locked, so that two changes of one member come one after the other.
                    Optional<String> owner = handle.createQuery(
                                    "select owner from auth_claims where pattern = :pattern for update")
                            .bind("pattern", claim.pattern().value())
                            .mapTo(String.class)
                            .findOne();
                    if (owner.filter(claim.owner()::equals).isEmpty()) {
                        return Claims.Change.MEANWHILE_ANOTHERS;
                    }
                    // Locked before the member's row, in the order in which deleting the user takes them.
                    if (!lock(handle, member.user())) {
                        return Claims.Change.NO_SUCH_USER;
                    }
                    delete(handle, claim.pattern(), member.user());
                    insert(handle, claim.pattern(), member);
                    return Claims.Change.DONE;
                }),
                Claims.Change.NO_SUCH_USER);
    }

    /**
     * Takes a user's role away.
     *
     * @return false if there was none
     */
    boolean remove(Claim claim, String user) {
        return jdbi.withHandle(handle -> delete(handle, claim.pattern(), user)) == 1;
    }

    static int delete(Handle handle, RepositoryPattern pattern, String user) {
        return handle.createUpdate("delete from auth_claim_members where pattern = :pattern and user_name = :user")
                .bind("pattern", pattern.value())
                .bind("user", user)
                .execute();
    }

    private static boolean lock(Handle handle, String user) {
        return handle.createQuery("select name from auth_users where name = :user for update")
                .bind("user", user)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private void insert(Handle handle, RepositoryPattern pattern, Member member) {
        handle.createUpdate("""
                        insert into auth_claim_members (pattern, user_name, role, added_at)
                        values (:pattern, :user, :role, :addedAt)""")
                .bind("pattern", pattern.value())
                .bind("user", member.user())
                .bind("role", member.role().toString())
                .bind("addedAt", clock.instant())
                .execute();
    }
}
