package dev.rac.service.database;

import dev.rac.service.settings.Environment;
import java.nio.file.Path;

/**
 * Where a service keeps its tables.
 *
 * @param url a JDBC URL
 */
public record DatabaseSettings(String url, String user, String password) {

    /**
     * From {@code RAC_DATABASE_URL}, {@code RAC_DATABASE_USER}, {@code RAC_DATABASE_PASSWORD}.
     *
     * @param file the H2 file, without its suffix, to use where no URL is set
     */
    public static DatabaseSettings read(Environment environment, Path file) {
        String url = environment.text("RAC_DATABASE_URL", h2(file));
        if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            environment.error("RAC_DATABASE_URL", "is no PostgreSQL URL", "expected jdbc:postgresql://host/database");
        }
        return new DatabaseSettings(
                url, environment.text("RAC_DATABASE_USER", "rac"), environment.text("RAC_DATABASE_PASSWORD", ""));
    }

    /** An embedded database in {@code file}. */
    public static DatabaseSettings embedded(Path file) {
        return new DatabaseSettings(h2(file), "rac", "");
    }

    /** Whether the database is a file of this process alone. */
    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:file:");
    }

    // H2 speaks PostgreSQL's dialect, and each commit is on the disk before it returns (WRITE_DELAY=0). On a busy disk
    // that takes a while, for which others that want the same row wait, rather than fail after H2's own two seconds.
    private static String h2(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
                + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000";
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return url.replaceAll("password=[^&;]*", "password=***");
    }
}
