package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final UpgradeProgram program = new UpgradeProgram();
    private TestDoor door;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of());
        door.target.deploy(app("hello"), Behaviour.of(program).listeningAfter(Duration.ofMillis(200)));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aWebSocketPassesBytesBothWays() throws Exception {
        try (var socket = UpgradeClient.open(door, "hello")) {
            assertThat(socket.answer().status()).isEqualTo(101);
            assertThat(socket.answer().headers())
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("connection", "Upgrade")
                    .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(socket.echo("hello")).isEqualTo("hello");
            String much = "0123456789".repeat(10_000);
            assertThat(socket.echo(much)).isEqualTo(much);
        }
    }

    @Test
    void theEndOfEitherSideEndsTheOther() throws Exception {
        try (var socket = UpgradeClient.open(door, "hello")) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
            socket.send("bye");
            assertThat(socket.isEnded()).isTrue();
        }
        try (var socket = UpgradeClient.open(door, "hello")) {
            assertThat(socket.echo("hello")).isEqualTo("hello");
        }
        await().atMost(PATIENCE).until(() -> program.connections() == 0);
        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_in_flight 0.0"));
    }

    @Test
    void anUpgradeThatTheConnectionHeaderDoesNotNameIsNotPassedOn() throws Exception {
        var web = new WebProgram("web");
        door.target.deploy(app("web"), Behaviour.of(web));
        try (Socket client = door.connect()) {
            String request = RawHttp.head("GET /request HTTP/1.1", "Host: " + door.host("web"), "Upgrade: websocket");
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(RawHttp.read(client.getInputStream()).body()).doesNotContainIgnoringCase("upgrade");
        }
    }
}
