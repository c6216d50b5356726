package dev.rac.service.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/** A pool of connections to a service's database, whose tables are brought up to date first. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final boolean embedded;
    private final Changes changes = new Changes();

    /**
     * Opens the database and migrates it.
     *
     * @param service names the migrations, {@code db/<service>/V1__….sql} on the class path, and their history
     * @throws DatabaseException if it cannot be opened or migrated; the message says what to do
     */
    public static Database open(DatabaseSettings settings, String service) {
        try {
            return new Database(settings, service);
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    "cannot open the database of " + service + " at " + settings + ": "
                            + rootCause(e).getMessage() + "; is it running, and not in use by another RAC?",
                    e);
        }
    }

    private Database(DatabaseSettings settings, String service) {
        var config = new HikariConfig();
        config.setPoolName(service);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        try {
            new Migration(pool, service).run();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        jdbi = Jdbi.create(pool);
        embedded = settings.isEmbedded();
        if (embedded) {
            changes.countIn(jdbi);
        }
        // What statements are about may be secret: it is not for the log.
        jdbi.configure(
                StatementExceptions.class,
                errors -> errors.setMessageRendering(StatementExceptions.MessageRendering.NONE));
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /**
     * A count that is another one as soon as something was changed, and while it stays the same nothing was. Empty where
     * other processes may change the database too.
     */
    public OptionalLong changes() {
        return embedded ? OptionalLong.of(changes.count()) : OptionalLong.empty();
    }

    /**
     * Copies an embedded database, as it is at one moment, into a new zip file, while it is in use.
     *
     * @return false if it is not embedded: a server has backups of its own
     */
    public boolean copyTo(Path zip) {
        if (embedded) {
            jdbi.useHandle(handle -> handle.execute("backup to ?", zip.toString()));
        }
        return embedded;
    }

    /** Why the database does not answer, or nothing. */
    public Optional<String> problem() {
        try {
            jdbi.useHandle(handle -> handle.execute("select 1"));
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of("the database does not answer: " + rootCause(e).getMessage());
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : rootCause(cause);
    }
}
