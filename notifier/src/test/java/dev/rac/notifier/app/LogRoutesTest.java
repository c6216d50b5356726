package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.NotifierHarness;
import dev.rac.targets.AppName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRoutesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AppName HELLO = new AppName("hello");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
        rac.tokens.addUser("alice", "wonderland");
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of()));
        rac.awaitPush("hello", "deployed");
    }

    @AfterEach
    void stop() {
        rac.close();
        client.close();
    }

    private void run(String... lines) {
        rac.target.wake(HELLO, PATIENCE);
        Stream.of(lines).forEach(line -> rac.target.write(HELLO, line));
    }

    private List<String> read(String query) {
        HttpResponse<String> answer = rac.call("GET", "/apps/hello/-/logs" + query, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    private void awaitLast(String line) {
        await().atMost(PATIENCE).until(() -> read("?follow=false&tail=1").contains(line));
    }

    @Test
    void theLastRunsLinesAreKeptWhenTheAppSleepsAndOverARestart() {
        run("one", "two");
        rac.target.sleep(HELLO);
        awaitLast("two");
        run("three");
        awaitLast("three");
        rac.target.sleep(HELLO);

        assertThat(read("?follow=false")).containsExactly("one", "two", "three");
        assertThat(read("?follow=false&tail=2")).containsExactly("two", "three");
        assertThat(read("?follow=false&tail=0")).isEmpty();
        rac.restart();
        assertThat(read("?follow=false")).containsExactly("one", "two", "three");
        String stamped = read("?follow=false&timestamps=true").getLast();
        assertThat(Instant.parse(stamped.substring(0, stamped.indexOf(' ')))).isBefore(Instant.now());
        assertThat(stamped).endsWith(" three");
    }

    @Test
    void whoFollowsSeesLinesAsTheyComeAcrossWakes() {
        run("before");
        awaitLast("before");
        List<String> lines = follow("", "*/*");
        await().atMost(PATIENCE).until(() -> lines.contains("before"));

        rac.target.write(HELLO, "now");
        await().atMost(PATIENCE).until(() -> lines.contains("now"));
        rac.target.sleep(HELLO);
        run("after a wake");
        await().atMost(PATIENCE).until(() -> lines.contains("after a wake"));

        assertThat(lines).containsExactly("before", "now", "after a wake");
    }

    @Test
    void linesAreEventsForThoseWhoAskForEvents() {
        run("a line", "a\rcarriage return");
        awaitLast("a carriage return");

        List<String> lines = follow("", "text/event-stream");

        await().atMost(PATIENCE).until(() -> lines.contains("data: a carriage return"));
        assertThat(lines).startsWith("data: a line", "");
    }

    @Test
    void aRestartedNotifierGoesOnWhereItStoppedAndRepeatsNothing() {
        run("one", "two");
        awaitLast("two");

        rac.restart();
        rac.target.write(HELLO, "three");

        awaitLast("three");
        assertThat(read("?follow=false")).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsKeptIsBoundedAndForItsOwnerAlone() throws IOException {
        String line = "x".repeat(10_000);
        rac.target.wake(HELLO, PATIENCE);
        for (int i = 0; i < 400; i++) {
            rac.target.write(HELLO, i + line);
        }
        rac.target.write(HELLO, "last");
        awaitLast("last");

        long bytes = 0;
        try (Stream<Path> files = Files.list(directory.resolve("notifier/log"))) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(bytes).isBetween(1L << 20, 2L << 20);
        assertThat(read("?follow=false&tail=10000")).hasSizeBetween(100, 220).endsWith("last");
    }

    @Test
    void aRemovedAppsLinesAreGoneAlsoForTheNextOfItsName() throws IOException {
        run("secret");
        awaitLast("secret");

        assertThat(rac.call("DELETE", "/apps/hello", null).statusCode()).isEqualTo(204);

        assertThat(rac.call("GET", "/apps/hello/-/logs?follow=false", null).statusCode())
                .isEqualTo(404);
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "2"))));
        rac.awaitPush("hello", "deployed");
        await().atMost(PATIENCE).until(() -> read("?follow=false").isEmpty());
        try (Stream<Path> files = Files.list(directory.resolve("notifier/log"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void strangersSeeNoOutput() {
        rac.tokens.claim("hello", "alice");
        run("private");

        assertThat(rac.call("GET", "/apps/hello/-/logs?follow=false", null).statusCode())
                .isEqualTo(404);
        assertThat(rac.call("GET", "/apps/hello/-/logs?follow=false", NotifierHarness.basic("alice", "wonderland"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail=-1", "tail=10001", "tail=x", "follow=maybe", "timestamps=1"})
    void badParametersAreNamed(String query) {
        HttpResponse<String> answer = rac.call("GET", "/apps/hello/-/logs?follow=false&" + query, null);

        if (query.startsWith("follow")) {
            answer = rac.call("GET", "/apps/hello/-/logs?" + query, null);
        }
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')));
    }

    private List<String> follow(String query, String accept) {
        var lines = new CopyOnWriteArrayList<String>();
        var request = HttpRequest.newBuilder(URI.create(rac.uri() + "/apps/hello/-/logs" + query))
                .header("Accept", accept)
                .build();
        CompletableFuture<HttpResponse<Void>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new LineCollector(lines)));
        assertThat(response).isNotCompletedExceptionally();
        return lines;
    }
}
