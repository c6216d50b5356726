package dev.rac.edgeproxy;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppState;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One app of the {@link LocalTarget}. Calls take effect one after another. */
public final class LocalApp {
    /** One start of it. */
    private static final class Instance {
        private final Endpoint endpoint;
        private Program.@Nullable Running server;
        private boolean ended;

        private Instance(Endpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    private final Consumer<AppStatus> listener;
    private @Nullable App app;
    private Behaviour behaviour = Behaviour.of(Program.silent());
    private @Nullable Instance instance;
    private Optional<Failure> failure = Optional.empty();
    private boolean frozen;
    private volatile int freezes;
    private volatile int starts;
    private volatile int sleeps;
    private volatile int failures;
    private volatile Duration stopTime = Duration.ZERO;

    LocalApp(Consumer<AppStatus> listener) {
        this.listener = listener;
    }

    /** How many instances have been started. */
    public int starts() {
        return starts;
    }

    /** How many times an instance has been put to sleep. */
    public int sleeps() {
        return sleeps;
    }

    /** How many times an instance has been frozen. */
    public int freezes() {
        return freezes;
    }

    /** How many failures have been recorded from outside. */
    public int failures() {
        return failures;
    }

    /** Has the next stops take as long as that. */
    public LocalApp stoppingFor(Duration duration) {
        stopTime = duration;
        return this;
    }

    synchronized void deploy(App next, Behaviour how) {
        end();
        app = next;
        behaviour = how;
        failure = Optional.empty();
        listener.accept(status());
    }

    synchronized List<Endpoint> wake() {
        if (instance == null) {
            starts++;
            failure = Optional.empty();
            LockSupport.parkNanos(behaviour.untilAddress().toNanos());
            var started = new Instance(new Endpoint(UUID.randomUUID().toString(), "127.0.0.1", freePort()));
            instance = started;
            listener.accept(status());
            Thread.startVirtualThread(() -> run(started));
        }
        if (frozen) {
            frozen = false;
            listener.accept(status());
        }
        Instance running = instance;
        if (running == null) {
            throw new AppFailedException(app().name(), failure.orElseThrow());
        }
        return List.of(running.endpoint);
    }

    /** Says so only: the server in this JVM goes on. */
    synchronized boolean freeze() {
        if (instance != null && !frozen) {
            frozen = true;
            freezes++;
            listener.accept(status());
        }
        return frozen;
    }

    synchronized void sleep() {
        sleeps += instance == null ? 0 : 1;
        end();
        failure = Optional.empty();
        listener.accept(status());
    }

    synchronized void fail(String reason) {
        failures++;
        end();
        failure = Optional.of(new Failure(
                reason,
                failure.flatMap(Failure::exitCode),
                Instant.now(),
                List.of("a line that is the owner's alone")));
        listener.accept(status());
    }

    /** Its process ends by itself. */
    public synchronized void exit(int status) {
        Instance running = instance;
        if (running != null) {
            kill(running);
            instance = null;
            failure = Optional.of(new Failure(
                    "it exited with status " + status, Optional.of(status), Instant.now(), List.of("secret output")));
            listener.accept(status());
        }
    }

    /** Its server vanishes, and the target has not noticed. */
    public synchronized void vanish() {
        if (instance != null) {
            kill(instance);
            instance = null;
        }
    }

    public synchronized AppStatus status() {
        if (instance != null) {
            return frozen
                    ? new AppStatus(app(), AppState.FROZEN, List.of(), failure)
                    : new AppStatus(app(), AppState.AWAKE, List.of(instance.endpoint), failure);
        }
        return new AppStatus(app(), failure.isPresent() ? AppState.FAILED : AppState.ASLEEP, List.of(), failure);
    }

    private App app() {
        if (app == null) {
            throw new IllegalStateException("not deployed");
        }
        return app;
    }

    private void run(Instance started) {
        if (behaviour.exits().isPresent()) {
            exit(behaviour.exits().get());
            return;
        }
        LockSupport.parkNanos(behaviour.untilListening().toNanos());
        try {
            behaviour.mayListen().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (!started.ended) {
                try {
                    started.server = behaviour
                            .program()
                            .start(new InetSocketAddress(started.endpoint.host(), started.endpoint.port()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Stops what runs, without telling anybody. */
    synchronized void end() {
        frozen = false;
        if (instance != null) {
            kill(instance);
            instance = null;
            LockSupport.parkNanos(stopTime.toNanos());
        }
    }

    private static void kill(Instance running) {
        running.ended = true;
        if (running.server != null) {
            running.server.close();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
