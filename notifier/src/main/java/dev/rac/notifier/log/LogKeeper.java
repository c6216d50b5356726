package dev.rac.notifier.log;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the output of every app that runs and keeps its last lines, so that they are there when nothing of the app is.
 * Thread-safe.
 */
public final class LogKeeper implements Target.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Target target;
    private final Path directory;
    private final Map<String, Journal> journals = new ConcurrentHashMap<>();
    private final Map<AppName, App> apps = new ConcurrentHashMap<>();
    private final Map<String, Thread> followers = new ConcurrentHashMap<>();
    private final Map<AppName, Set<String>> instances = new ConcurrentHashMap<>();
    private final AtomicReference<Target.@Nullable Watch> watch = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes it; nothing is followed before {@link #start()}.
     *
     * @param directory keeps the lines; made when there are any
     */
    public LogKeeper(Target target, Path directory) {
        this.target = target;
        this.directory = directory;
    }

    /** Begins to follow, and forgets the lines of apps that are gone. */
    public void start() {
        watch.set(target.watch(this));
        forgetGone();
    }

    /** An app's lines. */
    public Journal journal(App app) {
        return journals.computeIfAbsent(LogFiles.name(app), absent -> new Journal(new LogFiles(directory, app)));
    }

    @Override
    public void changed(AppStatus status) {
        App app = status.app();
        App before = apps.put(app.name(), app);
        if (before != null && !before.repository().equals(app.repository())) {
            delete(before);
        }
        Set<String> running =
                status.endpoints().stream().map(Endpoint::instance).collect(Collectors.toUnmodifiableSet());
        instances.put(app.name(), running);
        for (String instance : running) {
            followers.computeIfAbsent(
                    instance,
                    absent -> Thread.ofVirtual().name("log-" + app.name()).start(() -> follow(app, instance)));
        }
    }

    @Override
    public void removed(AppName name) {
        instances.remove(name);
        App app = apps.remove(name);
        if (app != null) {
            delete(app);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Target.Watch open = watch.getAndSet(null);
        if (open != null) {
            open.close();
        }
        journals.values().forEach(Journal::close);
        followers.values().forEach(Thread::interrupt);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Thread follower : followers.values()) {
                follower.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(App app, String instance) {
        Journal journal = journal(app);
        var last = new AtomicReference<Optional<Instant>>(journal.lastAt());
        try {
            do {
                try {
                    target.followLog(app.name(), instance, last.get(), line -> {
                        // Of the very moment of the last one it is the last one again.
                        if (last.get().filter(at -> !line.at().isAfter(at)).isEmpty()) {
                            journal.append(line);
                            last.set(Optional.of(line.at()));
                        }
                    });
                    return;
                } catch (TargetException | UncheckedIOException e) {
                    LOG.debug("the output of {} is not followed: {}", app.name(), e.getMessage());
                }
            } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS) && isRunning(app.name(), instance));
        } catch (InterruptedException e) {
            LOG.debug("the output of {} is followed no more", app.name());
        } finally {
            followers.remove(instance);
        }
    }

    private boolean isRunning(AppName app, String instance) {
        return instances.getOrDefault(app, Set.of()).contains(instance);
    }

    private void delete(App app) {
        Journal journal = journal(app);
        journal.delete();
        journal.close();
        journals.remove(LogFiles.name(app));
    }

    private void forgetGone() {
        Set<String> kept = apps.values().stream().map(LogFiles::name).collect(Collectors.toSet());
        try (Stream<Path> files = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!kept.contains(name) && !kept.contains(name.replaceFirst("\\.1$", ""))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("the lines of apps that are gone could not be removed", e);
        }
    }
}
