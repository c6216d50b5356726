package dev.rac.registryauth.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.TestDatabase;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.user.Accounts;
import dev.rac.service.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look-up for one token among very many claims. */
class ClaimLookUpTest {
    private static final int CLAIMS = 20_000;
    private static final Pattern ROWS_READ = Pattern.compile("scanCount: (\\d+)");

    private static Database database;
    private static ClaimLookUp lookUp;

    @BeforeAll
    static void fill(@TempDir Path directory) {
        database = Database.open(TestDatabase.of(directory), "registry-auth");
        Jdbi jdbi = database.jdbi();
        var accounts = new Accounts(jdbi, Clock.systemUTC());
        for (String name : new String[] {"alice", "bob", "carol"}) {
            accounts.create(name, "$2a$04$" + "x".repeat(53), false);
        }
        jdbi.useHandle(handle -> handle.execute("""
                insert into auth_claims (pattern, owner, given_to, is_public, created_at)
                select 'many/r' || x, 'alice', 'alice', false, current_timestamp from generate_series(1, ?) as numbers (x)\
                """, CLAIMS));
        jdbi.useHandle(handle -> handle.execute("""
            insert into auth_claim_members (pattern, user_name, role, added_at)
            select pattern, 'bob', 'writer', current_timestamp from auth_claims\
            """));
        jdbi.useHandle(handle -> handle.execute("analyze"));
        var claims = new Claims(jdbi, Clock.systemUTC());
        claims.claim(new RepositoryPattern("many/*"), "carol", true);
        lookUp = new ClaimLookUp(jdbi);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void takesOneStatementForAllRepositories() {
        List<String> statements = new ArrayList<>();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(context.getRenderedSql());
            }
        });
        List<RepositoryName> repositories = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new RepositoryName("many/r" + i + "/deep".repeat(i % 3)))
                .toList();

        Map<RepositoryName, Holding> holdings = lookUp.holdings(repositories, "bob");

        assertThat(statements).hasSize(1);
        assertThat(holdings).hasSize(200);
        assertThat(holdings.get(new RepositoryName("many/r3")))
                .isEqualTo(new Holding("alice", false, Optional.of(Role.WRITER)));
        assertThat(holdings.get(new RepositoryName("many/r4/deep")))
                .isEqualTo(new Holding("carol", true, Optional.empty()));
        assertThat(lookUp.holdings(List.of(), "bob")).isEmpty();
        assertThat(statements).hasSize(1);
    }

    @Test
    void readsOnlyTheRowsThatItLooksFor() {
        List<RepositoryName> repositories = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new RepositoryName("many/r" + i * 7))
                .toList();
        List<String> plans = new ArrayList<>();
        Database explained = database;
        String[] patterns = repositories.stream()
                .flatMap(repository -> RepositoryPattern.covering(repository).stream())
                .distinct()
                .toArray(String[]::new);
        explained
                .jdbi()
                .useHandle(handle -> plans.add(
                        ClaimLookUp.bound(handle.createQuery("explain analyze " + ClaimLookUp.SELECT), patterns, "bob")
                                .mapTo(String.class)
                                .one()));

        int read = ROWS_READ
                .matcher(plans.getFirst())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
        assertThat(read).as(plans.getFirst()).isBetween(patterns.length, 5 * patterns.length);
    }
}
