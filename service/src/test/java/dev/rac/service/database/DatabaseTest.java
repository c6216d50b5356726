package dev.rac.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import java.nio.file.Path;
import java.util.Map;
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
