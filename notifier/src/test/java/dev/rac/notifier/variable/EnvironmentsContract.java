package dev.rac.notifier.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.notifier.image.UnavailableException;
import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of variables do on any database. */
abstract class EnvironmentsContract {
    private static final Optional<String> ALICE = Optional.of("alice");
    private static final Claim ALICES = new Claim("2026-01-01", Set.of("2026-01-01", "2025-12-31"));

    @TempDir
    Path keys;

    private Database database;
    private Environments environments;

    /** An empty database, the same one until the test is over. */
    abstract DatabaseSettings settings();

    @BeforeEach
    void open() {
        database = Database.open(settings(), "notifier");
        environments = environments("env.key");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Environments environments(String keyFile) {
        return new Environments(
                database.jdbi(), EnvironmentKey.open(keys.resolve(keyFile), new SecureRandom()), Clock.systemUTC());
    }

    private boolean set(String repository, Map<String, String> values) {
        return environments.change(
                repository, new EnvironmentChange(values, Set.of(), false), ALICE, Optional.of(ALICES));
    }

    private Map<String, String> values(String repository) {
        return environments.of(repository).variables();
    }

    @Test
    void variablesStayAfterTheDatabaseWasClosed() {
        set("hello", Map.of("A", "1", "B", "zwei ❤ \n'\"\\"));
        Optional<String> before = environments.settings("hello");
        close();
        open();

        assertThat(values("hello")).isEqualTo(Map.of("A", "1", "B", "zwei ❤ \n'\"\\"));
        assertThat(environments.settings("hello")).isEqualTo(before).isPresent();
        assertThat(environments.list("hello").stream().map(VariableInfo::name)).containsExactly("A", "B");
        assertThat(environments.list("hello").getFirst().setBy()).isEqualTo(ALICE);
        assertThat(environments.list("hello").getFirst().problem()).isEmpty();
        assertThat(values("hell")).isEmpty();
        assertThat(environments.settings("hell")).isEmpty();
    }

    @Test
    void eachChangeMakesOtherSettingsAndNoVariablesMakeNone() {
        set("hello", Map.of("A", "1"));
        Optional<String> first = environments.settings("hello");
        set("hello", Map.of("A", "1"));
        assertThat(environments.settings("hello")).isPresent().isNotEqualTo(first);

        assertThat(environments.change("hello", EnvironmentChange.clear(), ALICE, Optional.of(ALICES)))
                .isTrue();
        assertThat(environments.settings("hello")).isEmpty();
        assertThat(values("hello")).isEmpty();
        assertThat(environments.change("hello", EnvironmentChange.clear(), ALICE, Optional.of(ALICES)))
                .isFalse();
    }

    @Test
    void whatIsNotThereIsRemovedWithoutAChange() {
        set("hello", Map.of("A", "1"));
        Optional<String> before = environments.settings("hello");

        assertThat(environments.change(
                        "hello", new EnvironmentChange(Map.of(), Set.of("B"), false), ALICE, Optional.of(ALICES)))
                .isFalse();

        assertThat(environments.settings("hello")).isEqualTo(before);
    }

    @Test
    void replacingKeepsOnlyWhatIsGiven() {
        set("hello", Map.of("A", "1", "B", "2"));

        environments.change(
                "hello", new EnvironmentChange(Map.of("B", "3", "C", "4"), Set.of(), true), ALICE, Optional.of(ALICES));

        assertThat(values("hello")).isEqualTo(Map.of("B", "3", "C", "4"));
    }

    @Test
    void variablesAreOfTheClaimUnderWhichTheyWereSet() {
        set("hello", Map.of("A", "1"));
        assertThat(environments.of("hello").isOf(ALICES)).isTrue();
        assertThat(environments.of("hello").isOf(new Claim("2026-01-02", Set.of("2026-01-02", "2026-01-01"))))
                .isTrue();
        var anothers = new Claim("2026-02-02", Set.of("2026-02-02"));
        assertThat(environments.of("hello").isOf(anothers)).isFalse();

        var change = new EnvironmentChange(Map.of("B", "2"), Set.of(), false);
        environments.change("hello", change, Optional.of("bob"), Optional.of(anothers));

        assertThat(values("hello")).isEqualTo(Map.of("B", "2"));
        assertThat(environments.of("hello").isOf(anothers)).isTrue();
        assertThat(environments.of("hello").isOf(ALICES)).isFalse();
    }

    @Test
    void variablesWithoutAClaimAreNobodys() {
        set("hello", Map.of("A", "1"));
        database.jdbi().useHandle(handle -> handle.execute("update notifier_environment set claimed_at = null"));

        assertThat(environments.of("hello").isOf(ALICES)).isFalse();
        set("hello", Map.of("B", "2"));
        assertThat(values("hello")).isEqualTo(Map.of("B", "2"));
    }

    @Test
    void changesAtOnceAllCount() throws Exception {
        int writers = 8;
        try (var threads = Executors.newFixedThreadPool(writers)) {
            List<Future<Boolean>> done = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "V" + i % 20;
                String value = "of " + i;
                done.add(threads.submit(() -> set("hello", Map.of(name, value, "LAST", value))));
            }
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        }

        Map<String, String> values = values("hello");
        assertThat(values).hasSize(21);
        for (int i = 0; i < 20; i++) {
            assertThat(values.get("V" + i)).isIn("of " + i, "of " + (i + 20));
        }
    }

    @Test
    void noMoreThanFitsIsTakenAndThenNothingIsChanged() {
        var many = new HashMap<String, String>();
        for (int i = 0; i < 200; i++) {
            many.put("V" + i, "x");
        }
        set("hello", many);
        assertThatThrownBy(() -> set("hello", Map.of("V0", "y", "ONE_MORE", "x")))
                .isInstanceOf(InvalidVariablesException.class)
                .hasMessageContaining("at most 200 variables");
        assertThat(values("hello")).isEqualTo(many);

        var large = new HashMap<String, String>();
        for (int i = 0; i < 8; i++) {
            large.put("V" + i, "x".repeat(32_768 - 2));
        }
        set("large", large);
        assertThatThrownBy(() -> set("large", Map.of("W", "")))
                .isInstanceOf(InvalidVariablesException.class)
                .hasMessageContaining("262145");
        assertThat(values("large")).isEqualTo(large);
    }

    @Test
    void anotherKeyReadsNothingAndBecomesNoReasonToForget() {
        set("hello", Map.of("A", "1", "B", "2"));
        Environments before = environments;
        environments = environments("other.key");

        assertThatThrownBy(() -> values("hello"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the variables of hello cannot be read")
                .hasMessageContaining("env.key");
        assertThat(environments.list("hello")).allMatch(info -> info.problem().isPresent());
        assertThatThrownBy(() -> set("hello", Map.of("A", "3")))
                .isInstanceOf(UnreadableVariablesException.class)
                .hasMessageStartingWith("B cannot be read");
        assertThat(before.of("hello").variables()).isEqualTo(Map.of("A", "1", "B", "2"));

        set("hello", Map.of("A", "3", "B", "4"));
        assertThat(values("hello")).isEqualTo(Map.of("A", "3", "B", "4"));
    }

    @Test
    void aValueDoesNotOpenAsAnotherVariableNorChanged() {
        set("hello", Map.of("A", "1", "B", "2"));
        set("other", Map.of("A", "3"));
        String sealed = "select sealed from notifier_variable where repository = 'hello' and name = 'A'";
        for (String where : List.of("repository = 'hello' and name = 'B'", "repository = 'other'")) {
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("update notifier_variable set sealed = (" + sealed + ") where " + where));
        }

        assertThat(environments.list("hello").stream()
                        .filter(info -> info.problem().isEmpty())
                        .map(VariableInfo::name))
                .containsExactly("A");
        assertThat(environments.list("other").getFirst().problem()).isPresent();
        database.jdbi().useHandle(handle -> handle.execute("update notifier_variable set sealed = 'AAAA'"));
        assertThatThrownBy(() -> values("hello")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void theSameValueIsNeverEncryptedToTheSame() {
        for (String name : List.of("A", "B", "C")) {
            set("hello", Map.of(name, "the same"));
        }
        set("hello", Map.of("A", "the same"));

        List<String> sealed = database.jdbi()
                .withHandle(handle -> handle.createQuery("select sealed from notifier_variable")
                        .mapTo(String.class)
                        .list());
        assertThat(sealed).hasSize(3).doesNotHaveDuplicates();
    }
}
