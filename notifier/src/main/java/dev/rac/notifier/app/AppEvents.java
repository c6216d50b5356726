package dev.rac.notifier.app;

import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.service.json.Json;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of apps, as server-sent events (HTML Living Standard, "Server-sent events"): first each app that there
 * is, then each change, until the client leaves or its time is over. Thread-safe.
 *
 * <p>A change only says which app to look at again; so a slow client gets the latest state of each app, and never more
 * than there are apps wait for it.
 */
final class AppEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppEvents.class);
    /** Rights are looked up again when a client comes back, which it does by itself. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    // Right after a repository's first app, a claim or a member may be new as well.
    private static final Duration RIGHTS_COUNT_FOR = Duration.ofMinutes(1);
    private static final int MAX_STREAMS = 200;

    private final Target target;
    private final AppRequests requests;
    private final AppViews views;
    private final Clock clock;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<Changes> open = ConcurrentHashMap.newKeySet();

    AppEvents(Target target, AppRequests requests, AppViews views, Clock clock) {
        this.target = target;
        this.requests = requests;
        this.views = views;
        this.clock = clock;
    }

    /** Answers, and returns when the stream is over. */
    void stream(Context ctx) {
        // Wrong credentials are answered before anything is sent.
        requests.access(ctx, List.of("a"));
        if (!streams.tryAcquire()) {
            throw new ProblemException(Problem.unavailable("too many clients watch; try again in a while"));
        }
        var changes = new Changes();
        open.add(changes);
        Target.Watch watch = target.watch(changes);
        try (watch) {
            ctx.contentType("text/event-stream;charset=utf-8")
                    .header("Cache-Control", "no-store")
                    .header("X-Accel-Buffering", "no");
            new Stream(ctx, changes).run();
        } catch (IOException e) {
            LOG.debug("a client that watched left: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(changes);
            streams.release();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        open.forEach(Changes::wake);
    }

    /** The names of apps that changed since they were taken. Thread-safe. */
    private static final class Changes implements Target.Watcher {
        private final Set<AppName> changed = ConcurrentHashMap.newKeySet();
        private final Semaphore signal = new Semaphore(0);

        @Override
        public void changed(AppStatus status) {
            add(status.app().name());
        }

        @Override
        public void removed(AppName name) {
            add(name);
        }

        void wake() {
            signal.release();
        }

        /** Waits for changes; none if there are none for so long. */
        List<AppName> take(Duration patience) throws InterruptedException {
            if (signal.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                signal.drainPermits();
            }
            List<AppName> taken = List.copyOf(changed);
            taken.forEach(changed::remove);
            return taken;
        }

        private void add(AppName name) {
            if (changed.add(name)) {
                signal.release();
            }
        }
    }

    /** A decision about a repository, and when it was made. */
    private record Right(boolean granted, Instant at) {}

    /** One client's stream. */
    private final class Stream {
        private final Context ctx;
        private final Changes changes;
        private final Instant end = clock.instant().plus(LONGEST);
        private final Map<String, Right> rights = new HashMap<>();
        private final Set<AppName> shown = new LinkedHashSet<>();

        Stream(Context ctx, Changes changes) {
            this.ctx = ctx;
            this.changes = changes;
        }

        void run() throws IOException, InterruptedException {
            send("retry: 1000\n\n");
            while (!closed.get() && clock.instant().isBefore(end)) {
                List<AppName> names = changes.take(HEARTBEAT);
                if (names.isEmpty()) {
                    send(": still here\n\n");
                } else {
                    tell(names);
                }
            }
        }

        private void tell(List<AppName> names) throws IOException {
            List<Optional<AppStatus>> found = names.stream().map(target::find).toList();
            learn(found.stream()
                    .flatMap(Optional::stream)
                    .map(status -> status.app().repository())
                    .distinct()
                    .toList());
            for (int i = 0; i < names.size(); i++) {
                Optional<AppStatus> status = found.get(i).filter(this::mayRead);
                if (status.isPresent()) {
                    shown.add(names.get(i));
                    send("event: app\ndata: " + Json.MAPPER.writeValueAsString(views.app(status.get())) + "\n\n");
                } else if (shown.remove(names.get(i))) {
                    send("event: removed\ndata: {\"name\":\"" + names.get(i) + "\"}\n\n");
                }
            }
        }

        private void learn(List<String> repositories) {
            Instant now = clock.instant();
            List<String> unknown = repositories.stream()
                    .filter(repository -> Optional.ofNullable(rights.get(repository))
                            .filter(right -> right.at().plus(RIGHTS_COUNT_FOR).isAfter(now))
                            .isEmpty())
                    .toList();
            if (!unknown.isEmpty()) {
                Access access = requests.access(ctx, unknown);
                unknown.forEach(repository -> rights.put(repository, new Right(access.mayRead(repository), now)));
            }
        }

        private boolean mayRead(AppStatus status) {
            return Optional.ofNullable(rights.get(status.app().repository()))
                    .map(Right::granted)
                    .orElse(false);
        }

        private void send(String text) throws IOException {
            // Past the framework's own stream, which would hold back what it compresses.
            ctx.res().getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            ctx.res().flushBuffer();
        }
    }
}
