package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.TestDatabase;
import dev.rac.service.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts rounds of bcrypt, of which time is made, instead of looking at a clock. */
class PasswordCheckTest {
    private static final int COST = 5;

    @TempDir
    private Path data;

    private final Passwords passwords = new Passwords(COST, 2, new SecureRandom());
    private Database database;
    private Accounts accounts;
    private PasswordCheck check;

    @BeforeEach
    void open() {
        database = Database.open(TestDatabase.of(data), "registry-auth");
        accounts = new Accounts(database.jdbi(), Clock.systemUTC());
        check = new PasswordCheck(accounts, passwords);
        passwords.nobodysHash();
    }

    @AfterEach
    void close() {
        passwords.close();
        database.close();
    }

    @Test
    void aWrongPasswordTakesTheSameForEverybody() {
        create("cheap", 4);
        create("usual", COST);
        assertThat(roundsOfAWrongPassword("cheap")).isEqualTo(1L << COST);
        assertThat(roundsOfAWrongPassword("usual")).isEqualTo(1L << COST);
        assertThat(roundsOfAWrongPassword("nobody")).isEqualTo(1L << COST);

        create("dear", 8);
        assertThat(roundsOfAWrongPassword("cheap")).isEqualTo(1L << 8);
        assertThat(roundsOfAWrongPassword("usual")).isEqualTo(1L << 8);
        assertThat(roundsOfAWrongPassword("dear")).isEqualTo(1L << 8);
        assertThat(roundsOfAWrongPassword("nobody")).isEqualTo(1L << 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a-longer-password"})
    void soDoesOneThatNobodyCanHave(String start) {
        create("cheap", 4);
        String impossible = start + "x".repeat(73);

        assertThat(rounds("cheap", impossible)).isEqualTo(1L << COST);
        assertThat(rounds("nobody", impossible)).isEqualTo(1L << COST);
    }

    @Test
    void aDisabledUserIsLikeNobody() {
        create("alice", 4);
        var administration = new Administration(database.jdbi(), (handle, from, to) -> {});
        assertThat(administration.change("alice", true, null)).isInstanceOf(Administration.Outcome.Done.class);

        assertThat(matches("alice", "alice-password")).isFalse();
        assertThat(rounds("alice", "alice-password")).isEqualTo(1L << COST);
    }

    @Test
    void theRightPasswordUpgradesACheapHash() {
        create("alice", 4);
        Account before = accounts.find("alice").orElseThrow();

        assertThat(matches("alice", "wrong-password")).isFalse();
        assertThat(matches("alice", "alice-password")).isTrue();
        await().until(() -> hash("alice").startsWith("$2b$05$"));

        Account after = accounts.find("alice").orElseThrow();
        assertThat(after.passwordVersion()).isEqualTo(before.passwordVersion());
        assertThat(matches("alice", "alice-password")).isTrue();
        assertThat(accounts.highestCost()).isEqualTo(COST);
    }

    @Test
    void leavesADearHashAsItIs() {
        create("alice", 6);
        String hash = hash("alice");

        assertThat(rounds("alice", "alice-password")).isEqualTo(1L << 6);
        assertThat(hash("alice")).isEqualTo(hash);
    }

    @Test
    void anUpgradeNeverUndoesAChangeOfThePassword() {
        create("alice", 4);
        Account before = accounts.find("alice").orElseThrow();
        assertThat(accounts.changePassword(before, passwords.hash("another-password", Source.OWN)))
                .isTrue();

        assertThat(accounts.rehash(before, passwords.hash("alice-password", Source.OWN)))
                .isFalse();
        assertThat(matches("alice", "another-password")).isTrue();
    }

    @Test
    void anUpgradeThatCannotBeDoneNowFailsNoLogin() {
        create("alice", 4);
        Optional<Account> alice = accounts.find("alice");
        var checked = check.check(alice, "alice-password", Source.OWN);
        // Closing refuses new work and does what waits.
        passwords.close();

        assertThat(checked.join()).isTrue();
    }

    private void create(String name, int cost) {
        try (var other = new Passwords(cost, 1, new SecureRandom())) {
            accounts.create(name, other.hash(name + "-password", Source.OWN), false);
        }
    }

    private String hash(String name) {
        return accounts.find(name).orElseThrow().passwordHash();
    }

    private boolean matches(String name, String password) {
        return check.check(accounts.find(name), password, Source.OWN).join();
    }

    private long roundsOfAWrongPassword(String name) {
        return rounds(name, "wrong-password");
    }

    private long rounds(String name, String password) {
        long before = passwords.rounds();
        matches(name, password);
        return passwords.rounds() - before;
    }
}
