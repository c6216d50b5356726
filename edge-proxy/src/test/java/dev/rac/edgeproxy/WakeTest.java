package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static dev.rac.edgeproxy.TestApps.withHealth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_WAITING = 60;

    private TestDoor door;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of("RAC_WAKE_TIMEOUT", "30s", "RAC_MAX_WAITING", Integer.toString(MAX_WAITING)));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void theFirstRequestWakesTheAppAndIsAnsweredByIt() throws Exception {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("hello")));

        HttpResponse<String> response = door.get("hello", "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(hello.starts()).isEqualTo(1);
    }

    @Test
    void fiftyRequestsAtOnceMakeOneStartAndFiftyAnswers() {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("hello"))
                .addressAfter(Duration.ofMillis(200))
                .listeningAfter(Duration.ofMillis(300)));

        assertThat(requests(50))
                .allSatisfy(request -> assertThat(request.join().statusCode()).isEqualTo(200));
        assertThat(hello.starts()).isEqualTo(1);
    }

    @Test
    void theBodyOfAWaitingRequestArrivesWhole() throws Exception {
        deploy(Behaviour.of(new WebProgram("hello")).listeningAfter(Duration.ofMillis(300)));
        String body = "x".repeat(3_000_000);

        HttpResponse<String> response = door.send(
                door.request("hello", "/count")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("3000000");
    }

    @Test
    void anAppWithAHealthPathIsNotAskedForAnythingElseBeforeItIsReady() throws Exception {
        var program = new FlakyProgram(5);
        door.target.deploy(
                withHealth(app("hello"), Optional.of("/ready"), Duration.ofSeconds(10)), Behaviour.of(program));

        HttpResponse<String> response = door.get("hello", "/page");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(program.requests().indexOf("/page")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void anAppThatExitsAtOnceIsA502WithItsReasonButNotItsOutput() throws Exception {
        LocalApp hello = deploy(Behaviour.exiting(3));

        HttpResponse<String> response = door.get("hello", "/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(response.body())
                .contains("it exited with status 3", "GET /apps/alice/hello")
                .doesNotContain("secret output");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hello.failures()).isEqualTo(1));
    }

    @Test
    void anAppThatNeverListensIsRecorded() throws Exception {
        LocalApp hello = door.target.deploy(
                withHealth(app("hello"), Optional.empty(), Duration.ofMillis(300)), Behaviour.of(Program.silent()));

        HttpResponse<String> response = door.get("hello", "/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).contains("it did not listen on port 8080 within 300 ms");
        assertThat(hello.starts()).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(hello.failures()).isEqualTo(1);
            assertThat(hello.status().failure().orElseThrow().reason()).contains("did not listen");
        });
    }

    @Test
    void aFailedAppIsStartedAgainWhenItsBackoffIsOverOrItsRevisionIsNew() throws Exception {
        LocalApp hello = deploy(Behaviour.exiting(1));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(502);
        await().atMost(PATIENCE).until(() -> hello.failures() == 1);

        deploy(TestApps.withDigest(app("hello"), "sha256:2"), Behaviour.of(new WebProgram("better")));

        assertThat(door.get("hello", "/").body()).isEqualTo("better");
    }

    @Test
    void aFailedAppIsTriedAgainByALaterRequest() throws Exception {
        LocalApp hello = deploy(Behaviour.exiting(1));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(502);

        await().atMost(PATIENCE).until(() -> {
            door.get("hello", "/");
            return hello.starts() == 2;
        });
    }

    @Test
    void anAppThatIsTooSlowIsA504() throws Exception {
        deploy(Behaviour.of(new WebProgram("hello")).listeningAfter(new CountDownLatch(1)));

        try (var hasty = TestDoor.before(door.target, Map.of("RAC_WAKE_TIMEOUT", "1s"))) {
            HttpResponse<String> response = hasty.get("hello", "/");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).contains("within 1 s");
        }
    }

    @Test
    void moreRequestsThanMayWaitAreRefused() {
        var mayListen = new CountDownLatch(1);
        deploy(Behaviour.of(new WebProgram("hello")).listeningAfter(mayListen));

        List<CompletableFuture<HttpResponse<String>>> all =
                requests(MAX_WAITING + 20).toList();
        await().atMost(PATIENCE)
                .until(() -> all.stream().filter(CompletableFuture::isDone).count() == 20);
        mayListen.countDown();

        Map<Integer, Long> statuses = all.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(statuses).containsOnly(Map.entry(200, (long) MAX_WAITING), Map.entry(503, 20L));
    }

    @Test
    void oneClientHasNoMoreAppsStartedThanItMay() throws Exception {
        try (var strict = TestDoor.open(Map.of("RAC_WAKES_PER_MINUTE", "2"))) {
            for (String name : List.of("one", "two", "three")) {
                strict.target.deploy(app(name), Behaviour.of(new WebProgram(name)));
            }
            assertThat(strict.get("one", "/").statusCode()).isEqualTo(200);
            assertThat(strict.get("two", "/").statusCode()).isEqualTo(200);

            HttpResponse<String> third = strict.get("three", "/");

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(third.body()).contains("three sleeps");
            assertThat(strict.get("one", "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noMoreRequestsAtOnceThanAnAppTakesReachIt() {
        var program = new WebProgram("hello");
        deploy(TestApps.withConcurrency(app("hello"), 3), Behaviour.of(program));

        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 10)
                .mapToObj(i -> door.getLater("hello", "/hold"))
                .toList();

        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_waiting 7.0"));
        await().atMost(PATIENCE).until(() -> program.holding() == 3);
        assertThat(program.requests()).isEqualTo(3);
        await().atMost(PATIENCE).until(() -> {
            assertThat(program.holding()).isLessThanOrEqualTo(3);
            program.release();
            return all.stream().allMatch(CompletableFuture::isDone);
        });
        assertThat(all).allMatch(one -> one.join().statusCode() == 200);
    }

    @Test
    void aWaiterWhoseClientWentAwayIsDropped() throws Exception {
        WebProgram program = new WebProgram("hello");
        var mayListen = new CountDownLatch(1);
        LocalApp hello = deploy(Behaviour.of(program).listeningAfter(mayListen));
        try (Socket client = door.connect()) {
            client.getOutputStream().write(bytes("GET /gone HTTP/1.1\r\nHost: " + door.host("hello") + "\r\n\r\n"));
            await().atMost(PATIENCE).until(() -> hello.starts() == 1);
            await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_waiting 1.0"));
        }
        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_waiting 0.0"));
        mayListen.countDown();

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(program.requests()).isEqualTo(1);
    }

    @Test
    void aRequestSentBehindAWaitingOneIsAnsweredAfterIt() throws Exception {
        var mayListen = new CountDownLatch(1);
        deploy(Behaviour.of(new WebProgram("hello")).listeningAfter(mayListen));
        try (Socket client = door.connect()) {
            String request = " HTTP/1.1\r\nHost: " + door.host("hello") + "\r\n\r\n";
            client.getOutputStream().write(bytes("GET /status/201" + request));
            await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_waiting 1.0"));
            client.getOutputStream().write(bytes("GET /status/202" + request));
            mayListen.countDown();

            assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(201);
            assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(202);
        }
    }

    @Test
    void anInstanceThatDiedWithoutAWordIsReplacedForTheRequestThatFindsOut() throws Exception {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("hello")));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);

        hello.vanish();

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(hello.starts()).isEqualTo(2);
    }

    @Test
    void anAppThatEndedIsStartedByTheNextRequest() throws Exception {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("hello")));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);

        hello.exit(1);

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(hello.starts()).isEqualTo(2);
    }

    @Test
    void anAppRemovedDuringItsStartIsA404() throws Exception {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("hello")).listeningAfter(new CountDownLatch(1)));
        CompletableFuture<HttpResponse<String>> waiting = door.getLater("hello", "/");
        await().atMost(PATIENCE).until(() -> hello.starts() == 1);

        door.target.remove(app("hello").name());

        assertThat(waiting.get().statusCode()).isEqualTo(404);
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestBetweenAPushAndItsDeploymentWaitsForTheApp() throws Exception {
        door.services.pushed("fresh");
        CompletableFuture<HttpResponse<String>> early = door.getLater("fresh", "/");
        await().atMost(PATIENCE).until(() -> door.services.requests() > 3);

        deploy(app("fresh"), Behaviour.of(new WebProgram("fresh")));

        assertThat(early.get().body()).isEqualTo("fresh");
    }

    @Test
    void aRevisionDeployedDuringAStartAnswersWhoWaits() {
        LocalApp hello = deploy(Behaviour.of(new WebProgram("old")).listeningAfter(new CountDownLatch(1)));
        CompletableFuture<HttpResponse<String>> waiting = door.getLater("hello", "/");
        await().atMost(PATIENCE).until(() -> hello.starts() == 1);

        deploy(TestApps.withDigest(app("hello"), "sha256:2"), Behaviour.of(new WebProgram("new")));

        assertThat(waiting.join().body()).isEqualTo("new");
    }

    @Test
    void coldStartsAreMeasured() throws Exception {
        deploy(Behaviour.of(new WebProgram("hello")));
        door.get("hello", "/");
        door.get("hello", "/status/404");

        assertThat(door.metrics())
                .contains("rac_cold_start_seconds_count{phase=\"address\"} 1")
                .contains("rac_cold_start_seconds_count{phase=\"total\"} 1")
                .contains("rac_requests_total{app=\"hello\",status=\"2xx\"} 1.0")
                .contains("rac_requests_total{app=\"hello\",status=\"4xx\"} 1.0");
    }

    private Stream<CompletableFuture<HttpResponse<String>>> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> door.getLater("hello", "/")).toList().stream();
    }

    private LocalApp deploy(Behaviour behaviour) {
        return deploy(app("hello"), behaviour);
    }

    private LocalApp deploy(dev.rac.targets.App app, Behaviour behaviour) {
        return door.target.deploy(app, behaviour);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
