package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppState;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SOON_IDLE = Map.of("RAC_IDLE_TIMEOUT", "500ms");

    private TestDoor door;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(SOON_IDLE);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void anAppWithoutRequestsSleepsAndWakesAgain() throws Exception {
        LocalApp hello = deploy(new WebProgram("hello"));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(hello.starts()).isEqualTo(2);
    }

    @Test
    void anAppIsNotIdleWhileItAnswersARequest() {
        var program = new WebProgram("hello");
        LocalApp hello = deploy(program);
        CompletableFuture<HttpResponse<String>> long_ = door.getLater("hello", "/hold");
        await().atMost(PATIENCE).until(() -> program.holding() == 1);

        await().during(Duration.ofMillis(1500)).atMost(PATIENCE).until(() -> hello.sleeps() == 0);
        program.release();

        assertThat(long_.join().statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);
    }

    @Test
    void anAppIsIdleWhenTheClientsItWorkedForHaveGone() throws Exception {
        var program = new WebProgram("hello");
        LocalApp hello = deploy(program);
        try (var waiting = door.connect();
                var reading = door.connect()) {
            ask(waiting, "/hold");
            ask(reading, "/trickle");
            await().atMost(PATIENCE).until(() -> program.holding() == 2);
            assertThat(RawHttp.readHead(reading.getInputStream()).status()).isEqualTo(200);
        }

        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);
        program.release();
    }

    @Test
    void anAppIsNotIdleWhileAWebSocketIsOpen() throws Exception {
        LocalApp hello = deploy(new UpgradeProgram());
        try (var socket = UpgradeClient.open(door, "hello")) {
            assertThat(socket.echo("one")).isEqualTo("one");

            await().during(Duration.ofMillis(1500)).atMost(PATIENCE).until(() -> hello.sleeps() == 0);

            assertThat(socket.echo("two")).isEqualTo("two");
        }
        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);
    }

    @Test
    void aRequestThatComesDuringTheStopIsServedByTheNextStart() throws Exception {
        LocalApp hello = deploy(new WebProgram("hello")).stoppingFor(Duration.ofSeconds(1));
        door.get("hello", "/");
        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(hello.starts()).isEqualTo(2);
    }

    @Test
    void anAppsOwnIdleTimeCountsMore() throws Exception {
        LocalApp patient = door.target.deploy(
                TestApps.withIdle(app("patient"), Duration.ofHours(1)), Behaviour.of(new WebProgram("patient")));
        LocalApp other = deploy(new WebProgram("hello"));
        door.get("patient", "/");
        door.get("hello", "/");

        await().atMost(PATIENCE).until(() -> other.sleeps() == 1);

        assertThat(patient.sleeps()).isZero();
    }

    @Test
    void anAppWithAMinimumNeverSleeps() throws Exception {
        LocalApp always =
                door.target.deploy(TestApps.alwaysAwake(app("always")), Behaviour.of(new WebProgram("always")));
        LocalApp other = deploy(new WebProgram("hello"));
        door.get("always", "/");
        door.get("hello", "/");

        await().atMost(PATIENCE).until(() -> other.sleeps() == 1);

        assertThat(always.sleeps()).isZero();
    }

    @Test
    void anAppFoundAwakeSleepsAfterItsIdleTime() {
        LocalApp hello = deploy(new WebProgram("hello"));
        // Somebody else starts it; nobody asks this front door for it.
        door.target.wake(app("hello").name(), PATIENCE);

        await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);
    }

    @Test
    void anAppFoundAwakeIsServedWithoutAnotherStart() throws Exception {
        try (var first = TestDoor.open(Map.of());
                var second = TestDoor.before(first.target, Map.of())) {
            LocalApp hello = first.target.deploy(app("hello"), Behaviour.of(new WebProgram("hello")));
            assertThat(first.get("hello", "/").statusCode()).isEqualTo(200);
            assertThat(second.get("hello", "/").body()).isEqualTo("hello");
            assertThat(hello.starts()).isEqualTo(1);
        }
    }

    @Test
    void sleepAllPutsEveryAwakeAppToSleep() throws Exception {
        LocalApp always =
                door.target.deploy(TestApps.alwaysAwake(app("always")), Behaviour.of(new WebProgram("always")));
        door.get("always", "/");
        door.proxy.close();

        assertThat(door.proxy.sleepAll(Duration.ofSeconds(5))).isTrue();

        assertThat(always.status().state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void sleepAllDoesNotWaitForEver() throws Exception {
        deploy(new WebProgram("hello")).stoppingFor(Duration.ofMinutes(1));
        door.get("hello", "/");

        long startNanos = System.nanoTime();
        assertThat(door.proxy.sleepAll(Duration.ofMillis(200))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(30));
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(503);
    }

    private void ask(Socket client, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + door.host("hello") + "\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private LocalApp deploy(Program program) {
        return door.target.deploy(app("hello"), Behaviour.of(program));
    }
}
