package dev.rac.bench.notifier;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.figure.Latencies;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.ProcessException;
import dev.rac.bench.process.ServerProcess;
import dev.rac.bench.stack.Stack;
import dev.rac.notifier.event.Inbox;
import dev.rac.notifier.event.Push;
import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the registry waits for an answer to each of a burst of events, which it sends one after another; and how
 * long one durable commit of the same kind of database takes.
 */
final class Acknowledgements {
    private static final int EVENTS = 1000;
    // Bursts: a service that has run for some seconds only is still being compiled.
    private static final int WARM_UP = 6;
    private static final String SECRET = "a notification secret of the benchmark";
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final Aim AIM = new Aim("p99 of an acknowledgement, to a durable commit", Aim.Bound.AT_MOST, 5);

    private Acknowledgements() {}

    static String measure(Workplace place) {
        var p50 = new ArrayList<Double>();
        var p99 = new ArrayList<Double>();
        var commits = new ArrayList<Double>();
        for (int round = 0; round < place.effort().rounds(); round++) {
            commits.add(commits(place.scratch().resolve("commits-" + round)).percentileMillis(50));
            Latencies answers = burst(place, round);
            p50.add(answers.percentileMillis(50));
            p99.add(answers.percentileMillis(99));
        }
        Figure ratio = Figure.ratio(p99, commits);
        var table = new Table("a burst of 1,000 events", "ms")
                .row("acknowledgement, p50", Numbers.of(Figure.of(p50)))
                .row("acknowledgement, p99", Numbers.of(Figure.of(p99)))
                .row("one durable commit, median", Numbers.of(Figure.of(commits)))
                .row("**p99 to a commit: at most 5**", Numbers.of(ratio) + (AIM.metBy(ratio) ? " met" : " **missed**"));
        return """
                The registry sends its events one after another. Here they are pushes of 1,000 repositories whose \
                registry does not answer, so that the notifier tries to deploy them meanwhile. A commit is one row \
                of the same table in the same kind of database (H2), alone.

                """ + table;
    }

    private static Latencies commits(Path data) {
        long[] nanos = new long[EVENTS];
        try (Database database = Database.open(DatabaseSettings.embedded(data), "notifier")) {
            var inbox = new Inbox(database.jdbi());
            for (int i = 0; i < EVENTS; i++) {
                var push = new Push("commit-" + i, "commit", "latest", digest(i), Optional.empty(), Instant.now());
                long began = System.nanoTime();
                inbox.store(push, Instant.now());
                nanos[i] = System.nanoTime() - began;
            }
        }
        return Latencies.of(List.of(nanos));
    }

    private static Latencies burst(Workplace place, int round) {
        var settings = Map.ofEntries(
                Map.entry("RAC_PORT", "0"),
                Map.entry("RAC_DATA", place.scratch().resolve("burst-" + round).toString()),
                Map.entry("RAC_TARGET", "docker"),
                Map.entry("RAC_NAMESPACE", Stack.NAMESPACE),
                Map.entry("RAC_REGISTRY_URL", NOWHERE),
                Map.entry("RAC_REGISTRY_HOST", "127.0.0.1:9"),
                Map.entry("RAC_AUTH_URL", NOWHERE),
                Map.entry("RAC_SERVICE_SECRET", "a service secret of the benchmark, long enough"),
                Map.entry("RAC_NOTIFICATION_SECRET", SECRET));
        Path log = place.logs().resolve("bench-notifier-burst.log");
        try (var notifier = ServerProcess.start(List.of("dev.rac.cli.Main", "notifier"), settings, log);
                var client = HttpClient.newHttpClient()) {
            for (int burst = 0; burst < WARM_UP; burst++) {
                send(client, notifier.uri(), "warm-up-" + burst);
            }
            return Latencies.of(List.of(send(client, notifier.uri(), "event")));
        }
    }

    private static long[] send(HttpClient client, URI notifier, String kind) {
        long[] nanos = new long[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            String body = """
                    {"events": [{"id": "%1$s-%2$d", "timestamp": "%3$s", "action": "push",
                      "target": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%4$s",
                      "repository": "%1$s/%2$d", "tag": "latest"}}]}
                    """.formatted(kind, i, Instant.now(), digest(i));
            var request = HttpRequest.newBuilder(notifier.resolve("/notifications"))
                    .header("Authorization", "Bearer " + SECRET)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            long began = System.nanoTime();
            int status = status(client, request);
            nanos[i] = System.nanoTime() - began;
            if (status != 202) {
                throw new ProcessException("the notifier answered " + status);
            }
        }
        return nanos;
    }

    private static int status(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }

    private static String digest(int number) {
        return "sha256:%064x".formatted(number);
    }
}
