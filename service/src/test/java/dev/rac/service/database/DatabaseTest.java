package dev.rac.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsStoredIsThereWhenOpenedAgain() {
        var settings = DatabaseSettings.embedded(directory.resolve("sample"));
        try (var database = Database.open(settings, "sample")) {
            database.jdbi().useHandle(handle -> handle.execute("insert into sample values (42)"));
            assertThat(database.problem()).isEmpty();
        }
        try (var database = Database.open(settings, "sample")) {
            int id = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select id from sample")
                            .mapTo(Integer.class)
                            .one());
            assertThat(id).isEqualTo(42);
        }
    }

    @Test
    void everyChangeIsCountedWhenItCanBeSeen() {
        try (var database = Database.open(DatabaseSettings.embedded(directory.resolve("sample")), "sample")) {
            Jdbi jdbi = database.jdbi();
            assertChange(database, () -> jdbi.useHandle(handle -> handle.execute("insert into sample values (1)")));
            assertChange(
                    database,
                    () -> jdbi.useHandle(handle -> handle.createUpdate("update sample set id = :new")
                            .bind("new", 2)
                            .execute()));
            assertChange(
                    database,
                    () -> jdbi.useHandle(handle -> handle.prepareBatch("delete from sample where id = ?")
                            .add(2)
                            .execute()));
            var seen = new AtomicLong();
            jdbi.useTransaction(handle -> {
                handle.execute("insert into sample values (3)");
                seen.set(database.changes().orElseThrow());
            });
            assertThat(database.changes().orElseThrow()).isGreaterThan(seen.get());
            long before = database.changes().orElseThrow();
            jdbi.useHandle(handle -> handle.createQuery(" SELECT id from sample")
                    .mapTo(Integer.class)
                    .one());
            assertThat(database.changes()).hasValue(before);
        }
    }

    private static void assertChange(Database database, Runnable change) {
        long before = database.changes().orElseThrow();
        change.run();
        assertThat(database.changes().orElseThrow()).isGreaterThan(before);
    }

    @Test
    void isCopiedWhileItIsInUse() throws Exception {
        Path copy = directory.resolve("it's a copy.zip");
        try (var database = Database.open(DatabaseSettings.embedded(directory.resolve("sample")), "sample")) {
            database.jdbi().useHandle(handle -> handle.execute("insert into sample values (1)"));
            database.jdbi().useTransaction(handle -> {
                handle.execute("insert into sample values (2)");
                assertThat(database.copyTo(copy)).isTrue();
            });
        }
        try (var zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("sample.mv.db");
            Files.createDirectory(directory.resolve("other"));
            Files.copy(zip.getInputStream(zip.getEntry("sample.mv.db")), directory.resolve("other/sample.mv.db"));
        }
        try (var copied = Database.open(DatabaseSettings.embedded(directory.resolve("other/sample")), "sample")) {
            List<Integer> ids = copied.jdbi()
                    .withHandle(handle -> handle.createQuery("select id from sample")
                            .mapTo(Integer.class)
                            .list());
            // What was not committed is not there.
            assertThat(ids).containsExactly(1);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAClearErrorWithoutThePassword() {
        var settings = new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/rac?password=hidden", "rac", "hidden");
        assertThatThrownBy(() -> Database.open(settings, "sample"))
                .isInstanceOf(DatabaseException.class)
                .message()
                .contains("127.0.0.1:1")
                .doesNotContain("hidden");
    }

    @Test
    void otherDatabasesAreRefused() {
        var environment = new Environment(Map.of("RAC_DATABASE_URL", "mysql://x"));
        DatabaseSettings.read(environment, directory.resolve("sample"));
        assertThatThrownBy(environment::check).hasMessageContaining("RAC_DATABASE_URL");
    }
}
