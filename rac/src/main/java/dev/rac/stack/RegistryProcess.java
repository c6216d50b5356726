package dev.rac.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry as a child of this process: started again when it ends by itself, and ended with this process, even
 * when that is killed.
 */
final class RegistryProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_LOG_BYTES = 10L << 20;
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    // A run as long as this was not a failed start: the next pause is the first again.
    private static final Duration LONG_RUN = Duration.ofMinutes(1);

    private final RegistryProgram program;
    private final List<String> command;
    private final RotatingLog log;
    private final Thread supervisor;
    private volatile Process process;
    private volatile @Nullable Thread follower;
    private boolean replacing;
    private volatile boolean closed;

    private RegistryProcess(RegistryProgram program, Path configuration, Path log) throws IOException {
        this.program = program;
        this.command = endingWithParent(program.command(configuration));
        this.log = new RotatingLog(log, MAX_LOG_BYTES);
        this.process = launch();
        this.supervisor =
                Thread.ofPlatform().name("registry-supervisor").daemon().start(this::supervise);
    }

    /**
     * Starts the registry.
     *
     * @param configuration the file that it reads
     * @param log the file that takes its output
     */
    static RegistryProcess start(RegistryProgram program, Path configuration, Path log) {
        try {
            program.cleanUp();
            return new RegistryProcess(program, configuration, log);
        } catch (IOException e) {
            throw new StackException("cannot start the registry (" + program.describe() + "): " + e.getMessage(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The file of what it prints; of a process that has ended, all of it. */
    Path log() throws InterruptedException {
        Thread last = follower;
        if (!isAlive() && last != null) {
            last.join(LOG_TIMEOUT);
        }
        return log.path();
    }

    // A session of its own: Ctrl-C in a terminal is for this process, which ends the registry when its turn comes.
    // The shell waits for its standard input to end, which the operating system closes when this process dies in
    // whatever way; it also ends when the registry does. It may be told to end before it knows what it started.
    private static List<String> endingWithParent(List<String> command) {
        String script = """
                registry=
                trap 'registry=${registry:-$!}; kill $registry; wait $registry; exit' TERM INT
                "$@" </dev/null &
                registry=$!
                (while read -r _; do :; done; kill $registry) <&3 2>/dev/null &
                watcher=$!
                exec 3<&-
                wait $registry
                status=$?
                kill $watcher 2>/dev/null
                exit $status
                """;
        var wrapped = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", "exec 3<&0\n" + script, "registry"));
        wrapped.addAll(command);
        return wrapped;
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Distribution's S3 driver panics at start when this is set.
        builder.environment().remove("AWS_CA_BUNDLE");
        Process started = builder.start();
        follower = log.follow(started.getInputStream());
        return started;
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                long from = System.nanoTime();
                Process watched = process;
                int status = watched.waitFor();
                if (closed) {
                    return;
                }
                if (isReplaced(watched)) {
                    pause = FIRST_PAUSE;
                    continue;
                }
                boolean longRun = Duration.ofNanos(System.nanoTime() - from).compareTo(LONG_RUN) > 0;
                pause = longRun ? FIRST_PAUSE : pause;
                LOG.error(
                        "the registry ended with status {}; it starts again in {}; see {}", status, pause, log.path());
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                relaunchInPlaceOf(watched);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the registry, which answers the requests in flight first, and starts it again; it then reads its files anew.
     * Nothing listens meanwhile.
     */
    void restart() {
        Process old = beginToReplace();
        try {
            old.destroy();
            endInTime(old);
            program.cleanUp();
            relaunch();
        } finally {
            endReplacing();
        }
    }

    private synchronized Process beginToReplace() {
        replacing = true;
        return process;
    }

    private synchronized void endReplacing() {
        replacing = false;
        notifyAll();
    }

    // It may be long in its place when the supervisor, which has other things to do, hears of the old one's end.
    private synchronized boolean isReplaced(Process ended) throws InterruptedException {
        while (replacing && !closed) {
            wait();
        }
        return !ended.equals(process);
    }

    // Two would fight for the port, and the wrong one would be watched.
    private synchronized void relaunchInPlaceOf(Process ended) throws InterruptedException {
        if (!isReplaced(ended)) {
            relaunch();
        }
    }

    private synchronized void relaunch() {
        if (closed) {
            return;
        }
        try {
            process = launch();
        } catch (IOException e) {
            LOG.error("the registry ({}) does not start: {}", program.describe(), e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        supervisor.interrupt();
        process.destroy();
        endInTime(process);
        program.cleanUp();
    }

    private static void endInTime(Process ending) {
        try {
            if (ending.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending.descendants().forEach(ProcessHandle::destroyForcibly);
        ending.destroyForcibly();
    }
}
