package dev.rac.notifier.variable;

import dev.rac.service.database.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2EnvironmentsTest extends EnvironmentsContract {
    @TempDir
    Path directory;

    @Override
    DatabaseSettings settings() {
        return DatabaseSettings.embedded(directory.resolve("notifier"));
    }
}
