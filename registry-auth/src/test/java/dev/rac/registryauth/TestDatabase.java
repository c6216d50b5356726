package dev.rac.registryauth;

import dev.rac.service.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The database of a test: embedded, unless {@link PostgresSuiteIT} runs the test. Thread-safe. */
public final class TestDatabase {
    private static final Map<Path, DatabaseSettings> SERVERS_OWN = new ConcurrentHashMap<>();
    private static volatile @Nullable Supplier<DatabaseSettings> server;

    private TestDatabase() {}

    /** Has tests use databases of a server from now on; with null, embedded ones again. */
    static void use(@Nullable Supplier<DatabaseSettings> newDatabase) {
        SERVERS_OWN.clear();
        server = newDatabase;
    }

    /** The database that belongs to a directory: what starts there again finds what was there before. */
    public static DatabaseSettings of(Path directory) {
        Supplier<DatabaseSettings> newDatabase = server;
        return newDatabase == null
                ? DatabaseSettings.embedded(directory.resolve("registry-auth"))
                : SERVERS_OWN.computeIfAbsent(directory, first -> newDatabase.get());
    }

    /** All that a database has stored; nothing may have it open. */
    static String content(Path directory) {
        DatabaseSettings database = of(directory);
        if (!database.isEmbedded()) {
            return Jdbi.create(database.url(), database.user(), database.password())
                    .withHandle(handle -> handle.createQuery("select schema_to_xml(current_schema(), true, false, '')")
                            .mapTo(String.class)
                            .one());
        }
        try {
            return Files.readString(directory.resolve("registry-auth.mv.db"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
