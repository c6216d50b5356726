package dev.rac.bench.process;

import dev.rac.bench.load.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Java program that serves HTTP, in a process of its own, so that its processor time and memory are its own; from the
 * class path of this one. Thread-safe.
 */
public final class ServerProcess implements AutoCloseable {
    /** The heap of every server: what a small machine has, and the same wherever it is measured. */
    public static final String HEAP = "512m";

    private static final String READY = "ready: ";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(30);

    private final Process process;
    private final Thread hook;
    private final URI uri;

    /**
     * Starts a program, which says {@code ready: <URL>} when it serves.
     *
     * @param command the main class and its arguments
     * @param log where its output goes
     * @throws ProcessException if it ends, or is not ready in time
     */
    public static ServerProcess start(List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder =
                    new ProcessBuilder(java(command)).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private ServerProcess(Process process, Path log) throws IOException {
        this.process = process;
        // Whatever ends this process ends its servers.
        hook = new Thread(process::destroy, "end-server");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            uri = awaitReady(log);
        } catch (ProcessException | IOException e) {
            close();
            throw e;
        }
    }

    private static List<String> java(List<String> command) {
        var all = new ArrayList<String>();
        all.add(JavaHome.tool("java"));
        all.add("-Xmx" + HEAP);
        all.add("--enable-native-access=ALL-UNNAMED");
        all.addAll(List.of("-cp", System.getProperty("java.class.path")));
        all.addAll(command);
        return all;
    }

    private URI awaitReady(Path log) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            boolean alive = process.isAlive();
            Optional<String> ready = Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith(READY))
                    .findFirst();
            if (ready.isPresent()) {
                return URI.create(ready.get().substring(READY.length()));
            }
            if (!alive) {
                throw new ProcessException("a server ended with status " + process.exitValue() + ": see " + log);
            }
            Pause.of(Duration.ofMillis(50));
        }
        throw new ProcessException("a server was not ready within " + START + ": see " + log);
    }

    public URI uri() {
        return uri;
    }

    public long pid() {
        return process.pid();
    }

    /** What load is sent to. */
    public Server server() {
        return new Server(new InetSocketAddress(uri.getHost(), uri.getPort()), () -> cpuTime(process.toHandle()));
    }

    /** The processor time that a process has taken since it began. */
    static Duration cpuTime(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new ProcessException("a process has ended, or this system does not tell its time"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending: the hook has run or does so now.
            return;
        }
    }
}
