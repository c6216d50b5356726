package dev.rac.bench.registryauth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** Fills the database of a registry-auth that does not run yet. */
final class Seed {
    /** As the service makes hashes by default. */
    private static final int COST = 12;

    // A transaction of a million rows would need the memory for all of them.
    private static final int BATCH = 50_000;

    private static final String USERS = """
            insert into auth_users
                (name, password_hash, hash_cost, password_version, administrator, created_at)
            select 'user' || lpad(cast(x as varchar), 6, '0'), :hash, :cost, 1, false, current_timestamp
            from system_range(:from, :to) as numbers (x)\
            """;
    private static final String ROOTS = """
            insert into auth_claim_roots (name)
            select 'user' || lpad(cast(x as varchar), 6, '0') from system_range(:from, :to) as numbers (x)\
            """;
    private static final String CLAIMS = """
            insert into auth_claims (pattern, owner, given_to, is_public, created_at)
            select owner || '/repo' || cast(repo as varchar), owner, owner, repo = 0, current_timestamp
            from (select 'user' || lpad(cast(x / :perOwner as varchar), 6, '0') as owner, mod(x, :perOwner) as repo
                from system_range(:from, :to) as numbers (x))\
            """;
    // One of an owner's repositories is shared with the next owner.
    private static final String MEMBERS = """
            insert into auth_claim_members (pattern, user_name, role, added_at)
            select 'user' || lpad(cast(x as varchar), 6, '0') || '/repo1',
                'user' || lpad(cast(mod(x + 1, :owners) as varchar), 6, '0'), 'reader', current_timestamp
            from system_range(:from, :to) as numbers (x)\
            """;

    private Seed() {}

    /** Makes the tables, users with one password, and claims, {@link Names#CLAIMS_PER_OWNER} for each user from the first. */
    static void fill(Path data, int users, int claims) {
        try (var database = Database.open(DatabaseSettings.embedded(data.resolve("registry-auth")), "registry-auth")) {
            Jdbi jdbi = database.jdbi();
            String hash = BCrypt.with(BCrypt.Version.VERSION_2B).hashToString(COST, Names.PASSWORD.toCharArray());
            int owners = claims / Names.CLAIMS_PER_OWNER;
            inBatches(
                    users,
                    (from, to) -> jdbi.useHandle(handle -> handle.createUpdate(USERS)
                            .bind("hash", hash)
                            .bind("cost", COST)
                            .bind("from", from)
                            .bind("to", to)
                            .execute()));
            inBatches(
                    owners,
                    (from, to) -> jdbi.useHandle(handle -> handle.createUpdate(ROOTS)
                            .bind("from", from)
                            .bind("to", to)
                            .execute()));
            inBatches(
                    claims,
                    (from, to) -> jdbi.useHandle(handle -> handle.createUpdate(CLAIMS)
                            .bind("perOwner", Names.CLAIMS_PER_OWNER)
                            .bind("from", from)
                            .bind("to", to)
                            .execute()));
            inBatches(
                    owners,
                    (from, to) -> jdbi.useHandle(handle -> handle.createUpdate(MEMBERS)
                            .bind("owners", owners)
                            .bind("from", from)
                            .bind("to", to)
                            .execute()));
        }
    }

    private interface Range {
        void insert(int from, int to);
    }

    private static void inBatches(int count, Range range) {
        for (int from = 0; from < count; from += BATCH) {
            range.insert(from, Math.min(from + BATCH, count) - 1);
        }
    }
}
