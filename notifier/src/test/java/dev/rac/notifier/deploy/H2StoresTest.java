package dev.rac.notifier.deploy;

import dev.rac.service.database.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoresTest extends StoresContract {
    @TempDir
    Path directory;

    @Override
    DatabaseSettings settings() {
        return DatabaseSettings.embedded(directory.resolve("notifier"));
    }
}
