package dev.rac.notifier.variable;

import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.database.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same on a real PostgreSQL, where one is installed. */
@EnabledIf("dev.rac.service.database.PostgresServer#isInstalled")
class PostgresEnvironmentsIT extends EnvironmentsContract {
    private static PostgresServer server;

    private Optional<DatabaseSettings> database = Optional.empty();

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    // A database of its own for each test, which JUnit gives an instance of its own.
    @Override
    DatabaseSettings settings() {
        database = database.or(() -> Optional.of(server.newDatabase()));
        return database.orElseThrow();
    }
}
