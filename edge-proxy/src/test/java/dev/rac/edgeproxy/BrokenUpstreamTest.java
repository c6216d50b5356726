package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps and clients that break off, stall, or talk nonsense. */
class BrokenUpstreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

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
    void anAppThatClosesBeforeItAnswersIsA502() throws Exception {
        deploy((socket, number) -> RawProgram.readHead(socket.getInputStream()));

        HttpResponse<String> response = door.get("hello", "/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("broke off the connection before it answered");
    }

    @Test
    void anAppThatClosesBeforeItAnswersAnUploadIsA502() throws Exception {
        deploy((socket, number) -> {
            RawProgram.readHead(socket.getInputStream());
            socket.getInputStream().readNBytes(1000);
        });

        HttpResponse<String> response = door.send(
                door.request("hello", "/")
                        .POST(BodyPublishers.ofByteArray(new byte[1000]))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
    }

    @Test
    void anAppThatAnswersNonsenseIsA502() throws Exception {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
            }
        });

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(502);
    }

    @Test
    void anUpgradeThatNobodyAskedForIsA502() throws Exception {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(
                        socket, RawHttp.head("HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: x"));
            }
        });

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(502);
    }

    @Test
    void anInterimAnswerIsNotTakenForTheNextRequests() throws Exception {
        deploy((socket, number) -> {
            while (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, RawHttp.head("HTTP/1.1 103 Early Hints", "Link: </style.css>") + OK);
            }
        });
        try (Socket client = door.connect()) {
            for (int i = 0; i < 3; i++) {
                RawProgram.write(client, RawHttp.head("GET / HTTP/1.1", "Host: " + door.host("hello")));
                assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(502);
            }
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForWhole() {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome");
            }
        });

        assertThatThrownBy(() -> door.get("hello", "/")).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerInChunksThatBreaksOffIsNotTakenForWhole() {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n");
            }
        });

        assertThatThrownBy(() -> door.get("hello", "/")).isInstanceOf(IOException.class);
    }

    @Test
    void aGetOnAConnectionThatTheAppHasJustClosedIsRepeated() throws Exception {
        var served = new AtomicInteger();
        deploy((socket, number) -> {
            // Answers once, then takes a second request and closes without an answer.
            for (int i = 0; i < 2 && RawProgram.readHead(socket.getInputStream()); i++) {
                if (i == 0) {
                    served.incrementAndGet();
                    RawProgram.write(socket, OK);
                }
            }
        });

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
        assertThat(served).hasValue(2);
    }

    @Test
    void aGetThatAnAppEndedInTheMiddleOfIsRepeated() throws Exception {
        var heads = new AtomicInteger();
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream()) && heads.incrementAndGet() > 1) {
                RawProgram.write(socket, OK);
            }
        });

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
    }

    @Test
    void noGetIsLostToAnAppThatResetsEveryConnectionAfterOneAnswer() throws Exception {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, OK);
                socket.setSoLinger(true, 0);
            }
        });
        try (Socket client = door.connect()) {
            for (int i = 0; i < 300; i++) {
                RawProgram.write(client, RawHttp.head("GET / HTTP/1.1", "Host: " + door.host("hello")));
                assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(200);
            }
        }
        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_in_flight 0.0"));
    }

    @Test
    void aDeleteThatANewConnectionBrokeOffIsNotRepeated() throws Exception {
        var heads = new AtomicInteger();
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                heads.incrementAndGet();
            }
        });

        assertThat(door.send(door.request("hello", "/").DELETE().build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(502);
        assertThat(heads).hasValue(1);
    }

    @Test
    void aGetIsRepeatedOnceOnly() throws Exception {
        var heads = new AtomicInteger();
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                heads.incrementAndGet();
            }
        });

        assertThat(door.get("hello", "/").statusCode()).isEqualTo(502);
        assertThat(heads).hasValue(2);
    }

    @Test
    void aPostIsNeverRepeated() throws Exception {
        var heads = new AtomicInteger();
        deploy((socket, number) -> {
            for (int i = 0; i < 2 && RawProgram.readHead(socket.getInputStream()); i++) {
                heads.incrementAndGet();
                if (i == 0) {
                    RawProgram.write(socket, OK);
                }
            }
        });
        HttpRequest post =
                door.request("hello", "/").POST(BodyPublishers.noBody()).build();

        assertThat(door.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(door.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(502);
        assertThat(heads).hasValue(2);
    }

    @Test
    void anAppThatSaysItClosesDoesNotCloseTheClientsConnection() throws Exception {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(
                        socket,
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok");
            }
        });
        try (Socket client = door.connect()) {
            for (int i = 0; i < 3; i++) {
                RawProgram.write(client, RawHttp.head("GET / HTTP/1.1", "Host: " + door.host("hello")));
                RawHttp answer = RawHttp.read(client.getInputStream());
                assertThat(answer.body()).isEqualTo("ok");
                assertThat(answer.headers()).doesNotContainKey("keep-alive").doesNotContainEntry("connection", "close");
            }
        }
    }

    @Test
    void theRestOfAnAnswerWhoseClientLeftReachesNobodyElse() throws Exception {
        deploy((socket, number) -> {
            while (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n");
                socket.getOutputStream().write(new byte[20_000_000]);
            }
        });
        for (int i = 0; i < 5; i++) {
            try (Socket client = door.connect()) {
                RawProgram.write(client, RawHttp.head("GET / HTTP/1.1", "Host: " + door.host("hello")));
                RawHttp.readHead(client.getInputStream());
            }
        }

        HttpResponse<byte[]> whole = door.send(door.request("hello", "/").build(), BodyHandlers.ofByteArray());

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).hasSize(20_000_000);
        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_in_flight 0.0"));
    }

    @Test
    void anUploadWhoseClientLeavesEndsUpstreamToo() throws Exception {
        var ended = new AtomicInteger();
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                while (socket.getInputStream().read() >= 0) {}
                ended.incrementAndGet();
            }
        });
        try (Socket client = door.connect()) {
            RawProgram.write(
                    client,
                    RawHttp.head("POST / HTTP/1.1", "Host: " + door.host("hello"), "Content-Length: 1000") + "some");
            await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_in_flight 1.0"));
        }

        await().atMost(PATIENCE).until(() -> ended.get() == 1);
        await().atMost(PATIENCE).until(() -> door.metrics().contains("rac_requests_in_flight 0.0"));
    }

    @Test
    void aRefusedUploadGetsItsAnswer() throws Exception {
        HttpResponse<String> response = door.send(
                door.request("nobody", "/")
                        .POST(BodyPublishers.ofByteArray(new byte[10_000_000]))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void aRefusedUploadThatExpectsToContinueIsNotContinued() throws Exception {
        try (Socket client = door.connect()) {
            RawProgram.write(
                    client,
                    RawHttp.head(
                            "POST / HTTP/1.1",
                            "Host: " + door.host("nobody"),
                            "Content-Length: 4",
                            "Expect: 100-continue"));
            RawHttp answer = RawHttp.read(client.getInputStream());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anAnswerBeforeTheUploadsEndIsPassedOn() throws Exception {
        deploy((socket, number) -> {
            if (RawProgram.readHead(socket.getInputStream())) {
                RawProgram.write(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                socket.getInputStream().readNBytes(5_000_000);
            }
        });
        HttpResponse<String> response = door.send(
                door.request("hello", "/")
                        .POST(BodyPublishers.ofByteArray(new byte[5_000_000]))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEqualTo("big");
    }

    private void deploy(RawProgram.Script script) {
        door.target.deploy(app("hello"), Behaviour.of(new RawProgram(script)));
    }
}
