package dev.rac.service.database;

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

/** A real PostgreSQL of one test class, where Debian's package is installed. Other modules' tests use it too. */
public final class PostgresServer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final AtomicInteger databases = new AtomicInteger();
    private final Path binaries;
    private final Path directory;
    private final int port;

    /** Whether there is one to start: the condition of the tests that need it. */
    public static boolean isInstalled() {
        return binaries().isPresent();
    }

    /** Starts a server on a free port of the loopback address, with its files in a new directory. */
    public static PostgresServer start() throws IOException {
        var server = new PostgresServer();
        server.run("initdb", "-D", server.data(), "-U", "rac", "-A", "trust", "--no-sync");
        String options = "-p " + server.port
                + " -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=500 -c unix_socket_directories="
                + server.directory;
        server.run("pg_ctl", "-D", server.data(), "-w", "-l", server.directory + "/log", "-o", options, "start");
        return server;
    }

    private PostgresServer() throws IOException {
        binaries = binaries().orElseThrow();
        // Not JUnit's directory: the server's user must reach it.
        directory = Files.createTempDirectory("rac-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    /** A database of its own, empty. */
    public DatabaseSettings newDatabase() {
        String name = "rac" + databases.incrementAndGet();
        try {
            run("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "rac", name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "rac", "");
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
        new ProcessBuilder("rm", "-rf", directory.toString()).start().onExit().join();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static Optional<Path> binaries() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(VERSIONS)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // PostgreSQL does not run as root.
    private void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        Path inPackage = binaries.resolve(program);
        command.add(Files.isExecutable(inPackage) ? inPackage.toString() : program);
        command.addAll(List.of(arguments));
        Path output = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(output));
        }
    }
}
