package dev.rac.notifier.app;

import dev.rac.notifier.log.Journal;
import dev.rac.notifier.log.LogKeeper;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.targets.App;
import dev.rac.targets.LogLine;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /apps/<repository>/-/logs}: an app's output, the last lines of all its runs and then what comes, as plain
 * text or as server-sent events (HTML Living Standard, "Server-sent events").
 */
final class LogRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LogRoutes.class);
    private static final String EVENT_STREAM = "text/event-stream";
    private static final int DEFAULT_TAIL = 100;
    private static final int MAX_TAIL = 10_000;
    private static final int MAX_FOLLOWERS = 200;
    /** Who may read an app's output now need not be allowed to for ever. */
    private static final Duration LONGEST = Duration.ofHours(1);
    // Also within what an idle connection lives.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final AppRequests requests;
    private final LogKeeper logs;
    private final Clock clock;
    private final Semaphore followers = new Semaphore(MAX_FOLLOWERS);

    LogRoutes(AppRequests requests, LogKeeper logs, Clock clock) {
        this.requests = requests;
        this.logs = logs;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/apps/<repository>/-/logs", this::show);
    }

    private void show(Context ctx) {
        App app = requests.app(ctx, requests.readable(ctx)).app();
        int tail = tail(ctx.queryParam("tail"));
        boolean follows = flag(ctx, "follow", true);
        String accept = ctx.header("Accept");
        boolean events = accept != null && accept.contains(EVENT_STREAM);
        var output = new Output(ctx, events, flag(ctx, "timestamps", false));
        Journal journal = logs.journal(app);
        if (!follows) {
            write(output, journal.last(tail));
            return;
        }
        if (!followers.tryAcquire()) {
            throw new ProblemException(Problem.unavailable("too many clients follow logs; try again in a while"));
        }
        try {
            follow(output, journal, tail);
        } finally {
            followers.release();
        }
    }

    private void follow(Output output, Journal journal, int tail) {
        Instant end = clock.instant().plus(LONGEST);
        Journal.Part part = journal.last(tail);
        try {
            output.write(part);
            while (!journal.isClosed() && clock.instant().isBefore(end)) {
                part = journal.after(part.position(), HEARTBEAT);
                output.write(part);
            }
        } catch (IOException e) {
            LOG.debug("a client that followed a log left: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Output output, Journal.Part part) {
        try {
            output.write(part);
        } catch (IOException e) {
            LOG.debug("a client that read a log left: {}", e.getMessage());
        }
    }

    private static int tail(@Nullable String text) {
        if (text == null) {
            return DEFAULT_TAIL;
        }
        try {
            int tail = Integer.parseInt(text);
            if (tail >= 0 && tail <= MAX_TAIL) {
                return tail;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw new ProblemException(Problem.badRequest("\"tail\" must be a number from 0 to " + MAX_TAIL));
    }

    private static boolean flag(Context ctx, String name, boolean defaultValue) {
        String text = ctx.queryParam(name);
        return switch (text) {
            case null -> defaultValue;
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new ProblemException(Problem.badRequest("\"" + name + "\" must be true or false"));
        };
    }

    /** How one client wants to have the lines. */
    private static final class Output {
        private final Context ctx;
        private final boolean events;
        private final boolean timestamps;

        Output(Context ctx, boolean events, boolean timestamps) {
            this.ctx = ctx;
            this.events = events;
            this.timestamps = timestamps;
            ctx.contentType(events ? EVENT_STREAM + ";charset=utf-8" : "text/plain;charset=utf-8")
                    .header("Cache-Control", "no-store")
                    // A browser must not take an app's output for a page.
                    .header("X-Content-Type-Options", "nosniff");
        }

        void write(Journal.Part part) throws IOException {
            var text = new StringBuilder();
            if (part.missed() > 0) {
                line(text, "(" + part.missed() + " lines left out: they came faster than they were read)");
            }
            List<LogLine> lines = part.lines();
            lines.forEach(line -> line(text, timestamps ? line.at() + " " + line.text() : line.text()));
            if (events && text.isEmpty()) {
                text.append(": still here\n\n");
            }
            // Past the framework's own stream, which would hold back what it compresses.
            ctx.res().getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            ctx.res().flushBuffer();
        }

        private void line(StringBuilder text, String line) {
            String clean = line.replace('\r', ' ').replace('\n', ' ');
            text.append(events ? "data: " : "").append(clean).append(events ? "\n\n" : "\n");
        }
    }
}
