package dev.rac.service.database;

import java.nio.file.Path;
import java.util.stream.IntStream;

/** Commits one row after another, and prints the number of each once it is committed, until it is killed. */
public final class CommittingProcess {
    // The embedded database uses space in its file again after 45 seconds; here, after half of one.
    private static final String SOON_REUSED = ";RETENTION_TIME=500";

    private CommittingProcess() {}

    static DatabaseSettings settings(Path file) {
        DatabaseSettings settings = DatabaseSettings.embedded(file);
        return new DatabaseSettings(settings.url() + SOON_REUSED, settings.user(), settings.password());
    }

    /**
     * Runs.
     *
     * @param arguments the database's file, and the first number
     */
    @SuppressWarnings("SystemOut") // The numbers are the process's output.
    public static void main(String[] arguments) {
        Database database = Database.open(settings(Path.of(arguments[0])), "sample");
        IntStream.iterate(Integer.parseInt(arguments[1]), number -> number + 1).forEach(number -> {
            database.jdbi().useHandle(handle -> handle.execute("insert into sample values (?)", number));
            System.out.println(number);
        });
    }
}
