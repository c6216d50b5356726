package dev.rac.notifier.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rac.service.database.DatabaseSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on a real PostgreSQL, where one is installed. */
class PostgresStoresIT extends StoresContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static Optional<Path> binaries = Optional.empty();
    private static Path directory = Path.of("unset");
    private static int port;

    private String database = "";

    @BeforeAll
    static void startServer() throws Exception {
        binaries = findBinaries();
        assumeTrue(binaries.isPresent(), "needs PostgreSQL (Debian's postgresql)");
        // Not JUnit's directory: the server's user must reach it.
        directory = Files.createTempDirectory("rac-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        run("initdb", "-D", data(), "-U", "rac", "-A", "trust", "--no-sync");
        String options =
                "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=" + directory;
        run("pg_ctl", "-D", data(), "-w", "-l", directory + "/log", "-o", options, "start");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (binaries.isPresent()) {
            run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
            new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
        }
    }

    // A database of its own for each test, which JUnit gives an instance of its own.
    @Override
    DatabaseSettings settings() {
        if (database.isEmpty()) {
            database = "rac" + DATABASES.incrementAndGet();
            try {
                run("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "rac", database);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "rac", "");
    }

    private static String data() {
        return directory.resolve("data").toString();
    }

    private static Optional<Path> findBinaries() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        }
    }

    // PostgreSQL does not run as root.
    private static void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        Path inPackage = binaries.orElseThrow().resolve(program);
        command.add(Files.isExecutable(inPackage) ? inPackage.toString() : program);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out").toFile()))
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " failed: " + Files.readString(directory.resolve("out")));
        }
    }
}
