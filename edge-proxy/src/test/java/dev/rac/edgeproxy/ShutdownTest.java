package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppState;
import io.undertow.util.StatusCodes;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestDoor door;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of());
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aRequestInFlightIsAnsweredWhileNewOnesAreNotAccepted() {
        var program = new WebProgram("hello");
        LocalApp hello = door.target.deploy(app("hello"), Behaviour.of(program));
        CompletableFuture<HttpResponse<String>> inFlight = door.getLater("hello", "/hold");
        await().atMost(PATIENCE).until(() -> program.holding() == 1);

        var closing = CompletableFuture.runAsync(door.proxy::close);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThatThrownBy(() -> {
                            try (var socket = door.connect()) {
                                socket.getInputStream().read();
                            }
                        })
                        .isInstanceOf(ConnectException.class));
        program.release();

        assertThat(inFlight.join().statusCode()).isEqualTo(200);
        closing.join();
        assertThat(hello.status().state()).isEqualTo(AppState.AWAKE);
    }

    @Test
    void aRequestThatNeverEndsDoesNotKeepItOpen() {
        var program = new WebProgram("hello");
        door.target.deploy(app("hello"), Behaviour.of(program));
        CompletableFuture<HttpResponse<String>> endless = door.getLater("hello", "/hold");
        await().atMost(PATIENCE).until(() -> program.holding() == 1);

        long startNanos = System.nanoTime();
        door.proxy.close();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(12));
        // Its own connection or the app's is closed first: it ends without a word, or with a 502.
        assertThat(endless.handle(
                                (response, thrown) -> thrown == null ? response.statusCode() : StatusCodes.BAD_GATEWAY)
                        .join())
                .isEqualTo(StatusCodes.BAD_GATEWAY);
    }

    @Test
    void aRequestThatWaitsForItsAppIsRefusedInWords() {
        LocalApp hello = door.target.deploy(
                app("hello"), Behaviour.of(new WebProgram("hello")).listeningAfter(Duration.ofSeconds(30)));
        CompletableFuture<HttpResponse<String>> waiting = door.getLater("hello", "/");
        await().atMost(PATIENCE).until(() -> hello.starts() == 1);

        door.proxy.close();

        assertThat(waiting.join().statusCode()).isEqualTo(503);
        assertThat(waiting.join().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void anOpenWebSocketDoesNotDelayTheEnd() throws Exception {
        door.target.deploy(app("hello"), Behaviour.of(new UpgradeProgram()));
        try (var socket = UpgradeClient.open(door, "hello")) {
            assertThat(socket.echo("hello")).isEqualTo("hello");

            long startNanos = System.nanoTime();
            door.proxy.close();

            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        door.proxy.close();
        door.proxy.close();
    }
}
