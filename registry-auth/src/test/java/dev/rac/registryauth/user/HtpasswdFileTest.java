package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.TestDatabase;
import dev.rac.service.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the file by hand: a change is read with the second look that finds it. */
class HtpasswdFileTest {
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    private static final String OTHER = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

    @TempDir
    private Path directory;

    private final List<String> changed = new ArrayList<>();
    private Path path;
    private Database database;
    private Accounts accounts;
    private HtpasswdFile file;
    private long seconds = 1_700_000_000;

    @BeforeEach
    void open() {
        path = directory.resolve("htpasswd");
        database = Database.open(TestDatabase.of(directory), "registry-auth");
        accounts = new Accounts(database.jdbi(), Clock.systemUTC());
        file = new HtpasswdFile(path, new HtpasswdAccounts(database.jdbi(), Clock.systemUTC(), changed::add));
    }

    @AfterEach
    void close() {
        file.close();
        database.close();
    }

    @Test
    void itsUsersHaveAccounts() throws IOException {
        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();

        Account alice = accounts.find("alice").orElseThrow();
        assertThat(alice.passwordHash()).isEqualTo(HASH);
        assertThat(alice.origin()).isEqualTo(Origin.HTPASSWD);
        assertThat(alice.administrator()).isFalse();
        assertThat(accounts.find("bob")).isPresent();
        assertThat(file.warnings()).isEmpty();
        assertThat(accounts.highestCost()).isEqualTo(5);
    }

    @Test
    void anotherHashIsAnotherPassword() throws IOException {
        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();
        write("alice:" + OTHER + "\nbob:" + HASH + "\n");
        lookTwice();

        Account alice = accounts.find("alice").orElseThrow();
        assertThat(alice.passwordHash()).isEqualTo(OTHER);
        assertThat(alice.passwordVersion()).isEqualTo(2);
        assertThat(accounts.find("bob").orElseThrow().passwordVersion()).isEqualTo(1);
        assertThat(changed).containsExactly("alice");
    }

    @Test
    void whoeverVanishesCannotLogInUntilTheyAreBack() throws IOException {
        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();
        write("bob:" + HASH + "\n");
        lookTwice();

        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.findAny("alice").orElseThrow().absent()).isTrue();
        assertThat(accounts.find("bob")).isPresent();
        assertThat(changed).containsExactly("alice");

        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();
        assertThat(accounts.find("alice").orElseThrow().passwordVersion()).isEqualTo(2);
    }

    @Test
    void whomTheAdministratorDisabledTheFileDoesNotEnable() throws IOException {
        write("alice:" + HASH + "\n");
        lookTwice();
        new Administration(database.jdbi(), (handle, from, to) -> {}).change("alice", true, null);
        write("alice:" + OTHER + "\n");
        lookTwice();
        write("");
        lookTwice();
        write("alice:" + HASH + "\n");
        lookTwice();

        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.findAny("alice").orElseThrow().passwordHash()).isEqualTo(HASH);
    }

    @Test
    void whatIsHalfWrittenIsNotRead() throws IOException {
        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();

        write("");
        file.look();
        write("alice:" + OTHER + "\nbo");
        file.look();
        assertThat(accounts.find("bob")).isPresent();
        assertThat(accounts.find("alice").orElseThrow().passwordHash()).isEqualTo(HASH);

        write("alice:" + OTHER + "\nbob:" + HASH + "\n");
        lookTwice();
        assertThat(accounts.find("alice").orElseThrow().passwordHash()).isEqualTo(OTHER);
        assertThat(changed).containsExactly("alice");
    }

    @Test
    void whileItIsMissingEverythingStays() throws IOException {
        write("alice:" + HASH + "\n");
        lookTwice();
        Files.delete(path);
        lookTwice();

        assertThat(accounts.find("alice")).isPresent();
        assertThat(file.warnings()).singleElement().asString().contains("is not there");

        write("bob:" + HASH + "\n");
        lookTwice();
        assertThat(file.warnings()).isEmpty();
        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.find("bob")).isPresent();
    }

    @Test
    void followsALinkThatIsSwapped() throws IOException {
        // As a volume of a Secret is: htpasswd -> ..data/htpasswd, ..data -> ..<time>, and ..data is replaced.
        secret("..1", "alice:" + HASH + "\n");
        Files.createSymbolicLink(path, Path.of("..data", "htpasswd"));
        lookTwice();
        assertThat(accounts.find("alice")).isPresent();

        secret("..2", "bobby:" + HASH + "\n");
        lookTwice();
        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.find("bobby")).isPresent();
    }

    @Test
    void anAccountOfOurOwnTakesPrecedence() throws IOException {
        accounts.create("alice", OTHER, true);
        write("alice:" + HASH + "\nbob:" + HASH + "\n");
        lookTwice();

        Account alice = accounts.find("alice").orElseThrow();
        assertThat(alice.passwordHash()).isEqualTo(OTHER);
        assertThat(alice.origin()).isEqualTo(Origin.OWN);
        assertThat(file.warnings()).containsExactly("line 1: alice has an account here, which takes precedence");
        write("");
        lookTwice();
        assertThat(accounts.find("alice")).isPresent();
    }

    @Test
    void warnsOfLinesThatItCannotTake() throws IOException {
        write("alice:$apr1$secret\nbob:" + HASH + "\nbob:" + OTHER + "\nBad Name:" + HASH + "\n");
        lookTwice();

        assertThat(accounts.find("bob").orElseThrow().passwordHash()).isEqualTo(HASH);
        assertThat(accounts.find("alice")).isEmpty();
        assertThat(file.warnings())
                .hasSize(3)
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("line 1 (alice): ").contains("bcrypt"))
                .anySatisfy(warning -> assertThat(warning).startsWith("line 3 (bob): "))
                .anySatisfy(warning -> assertThat(warning).startsWith("line 4: "))
                .allSatisfy(
                        warning -> assertThat(warning).doesNotContain("secret").doesNotContain("$2y$05"));
    }

    @Test
    void aDirectoryInItsPlaceChangesNothing() throws IOException {
        write("alice:" + HASH + "\n");
        lookTwice();
        Files.delete(path);
        Files.createDirectory(path);
        lookTwice();

        assertThat(accounts.find("alice")).isPresent();
        assertThat(file.warnings()).singleElement().asString().contains("cannot be read");
    }

    @Test
    void goesOnOnceTheDatabaseAnswersAgain() throws IOException {
        write("alice:" + HASH + "\n");
        file.look();
        rename("auth_users", "away");
        file.look();
        assertThat(file.warnings())
                .singleElement()
                .asString()
                .contains("could not be taken over")
                .doesNotContain("$2y$");

        rename("away", "auth_users");
        file.look();
        assertThat(file.warnings()).isEmpty();
        assertThat(accounts.find("alice")).isPresent();
    }

    @Test
    void twoInstancesThatTakeOverTheSameChangeMakeItOnce() throws IOException {
        write("alice:" + HASH + "\n");
        lookTwice();
        var second = new HtpasswdAccounts(database.jdbi(), Clock.systemUTC(), name -> {});
        var now = List.of(new Htpasswd.Entry(1, "alice", OTHER));
        assertThat(second.copy(now)).isEmpty();
        write("alice:" + OTHER + "\n");
        lookTwice();

        assertThat(accounts.find("alice").orElseThrow().passwordVersion()).isEqualTo(2);
    }

    private void lookTwice() {
        file.look();
        file.look();
    }

    // A clock tick may be longer than a test.
    private void write(String text) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.fromMillis(1000 * seconds++));
    }

    private void secret(String version, String text) throws IOException {
        Path data = Files.createDirectory(directory.resolve(version));
        Files.writeString(data.resolve("htpasswd"), text);
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(version));
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void rename(String from, String to) {
        database.jdbi().useHandle(handle -> handle.execute("alter table " + from + " rename to " + to));
    }
}
