package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.database.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of all that is stored once more, on a real PostgreSQL. */
@EnabledIf("dev.rac.service.database.PostgresServer#isInstalled")
class PostgresSuiteIT {
    // By name, since some are seen in their own packages only; the slowest first.
    private static final String[] CLASSES = {
        "AccessTokenApiTest",
        "AccessTokenTest",
        "audit.AuditLogTest",
        "HtpasswdUserTest",
        "UserAdministrationTest",
        "AuditTest",
        "ClaimHistoryTest",
        "ClaimRaceTest",
        "ClaimTest",
        "MemberTest",
        "NamespaceTest",
        "RefreshTokenTest",
        "SessionTest",
        "UserTransferTest",
        "access.AccessTokensTest",
        "token.RefreshTokensTest",
        "user.HtpasswdFileTest"
    };

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    @Test
    void whatHoldsOnTheEmbeddedDatabaseHoldsOnPostgres() throws Exception {
        var listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(CLASSES)
                        .map(name -> selectClass("dev.rac.registryauth." + name))
                        .toList())
                // Its other test is about the embedded database's plan.
                .selectors(
                        selectMethod("dev.rac.registryauth.claim.ClaimLookUpTest#takesOneStatementForAllRepositories"))
                // Much of the time goes into starts and waiting.
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
                .build();
        try (var postgres = PostgresServer.start()) {
            DatabaseSettings database = postgres.newDatabase();
            TestDatabase.use(() -> newSchema(database));
            LauncherFactory.create().execute(request, listener);
        } finally {
            TestDatabase.use(null);
        }

        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getFailures()).as(text(summary)).isEmpty();
        // Every class is there, and has tests that ran.
        assertThat(summary.getTestsSucceededCount()).isEqualTo(summary.getTestsFoundCount());
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(CLASSES.length);
    }

    /** Each test has a schema of its own, which is made faster than a database. */
    private static DatabaseSettings newSchema(DatabaseSettings database) {
        String name = "test" + SCHEMAS.incrementAndGet();
        Jdbi.create(database.url(), database.user(), database.password())
                .useHandle(handle -> handle.execute("create schema " + name));
        return new DatabaseSettings(database.url() + "?currentSchema=" + name, database.user(), database.password());
    }

    private static String text(TestExecutionSummary summary) {
        var text = new StringWriter();
        var writer = new PrintWriter(text);
        summary.printTo(writer);
        summary.printFailuresTo(writer, 40);
        return text.toString();
    }
}
