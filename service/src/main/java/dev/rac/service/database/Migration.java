package dev.rac.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a service's tables up to date, one instance at a time. */
final class Migration {
    // Any number will do that nobody else locks in the same database. It reads "rac" in ASCII.
    private static final long LOCK = 0x726163;
    private static final String LOCK_TIMEOUT = "60s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource database;
    private final String service;

    Migration(DataSource database, String service) {
        this.database = database;
        this.service = service;
    }

    /**
     * Makes what is missing.
     *
     * <p>Flyway lets two instances that find PostgreSQL empty make its history both, and one of them fails. So they
     * take turns. An embedded database has one instance.
     */
    void run() {
        try (Connection connection = database.getConnection()) {
            boolean shared = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            if (shared) {
                lock(connection);
            }
            migrate();
            if (shared) {
                unlock(connection);
            }
        } catch (SQLException e) {
            throw new FlywayException(e.getMessage(), e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '" + LOCK_TIMEOUT + "'");
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new FlywayException(
                        "another instance has been making its tables for " + LOCK_TIMEOUT + ": wait for it, or end it");
            }
            throw e;
        }
    }

    // Where the migration fails, the pool is closed, and the lock ends with its connection.
    private static void unlock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            statement.execute("reset lock_timeout");
        }
    }

    // Services may share one PostgreSQL: each has its own history and finds the others' tables beside its own.
    private void migrate() {
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/" + service)
                .table("schema_history_" + service.replace('-', '_'))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
