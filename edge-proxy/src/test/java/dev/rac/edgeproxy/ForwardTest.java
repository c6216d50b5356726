package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardTest {
    /** Far more than the tests' heap could hold several times over. */
    private static final long MUCH = 256L << 20;

    private final WebProgram program = new WebProgram("hello");
    private TestDoor door;

    @BeforeAll
    void open() throws Exception {
        door = TestDoor.open(Map.of());
        door.target.deploy(app("hello"), Behaviour.of(program));
    }

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void theAppSeesTheHostThatWasAskedAndWhoAsked() throws Exception {
        String seen = door.get("hello", "/request?a=b%20c&d").body();

        assertThat(seen.lines())
                .contains(
                        "GET /request?a=b%20c&d",
                        "Host: " + door.host("hello"),
                        "X-forwarded-for: 127.0.0.1",
                        "X-forwarded-proto: http",
                        "X-forwarded-host: " + door.host("hello"),
                        "X-forwarded-port: " + door.port(),
                        "Forwarded: for=127.0.0.1;host=\"" + door.host("hello") + "\";proto=http",
                        "Via: 1.1 rac");
    }

    @Test
    void whatAClientClaimsOfForwardingIsDropped() throws Exception {
        HttpRequest request = door.request("hello", "/request")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("x-forwarded-prefix", "/evil")
                .header("X-Forwarded-Port", "666")
                .header("Forwarded", "for=6.6.6.6;host=evil.example")
                .header("X-Real-IP", "6.6.6.6")
                .header("Proxy", "http://evil.example")
                .header("X-Mine", "kept")
                .header("Traceparent", "kept")
                .header("Via", "1.1 before")
                .build();

        String seen = door.send(request, BodyHandlers.ofString()).body();

        assertThat(seen)
                .doesNotContain("6.6.6.6", "evil", "https", "666")
                .contains("X-mine: kept", "Traceparent: kept", "X-forwarded-for: 127.0.0.1", "1.1 before");
    }

    @Test
    void headersForOneHopAloneAreNotPassedOn() throws Exception {
        RawHttp answer = raw(RawHttp.head(
                "GET /request HTTP/1.1",
                "Host: %s",
                "Connection: X-Secret, close",
                "X-Secret: 1",
                "Keep-Alive: timeout=9",
                "TE: gzip",
                "X-Mine: kept"));

        assertThat(answer.body())
                .doesNotContain("X-secret", "timeout=9", "gzip")
                .contains("X-mine: kept");
        assertThat(answer.headers()).containsEntry("connection", "close");
    }

    @Test
    void aConnectionHeaderCannotDropWhatTheFrontDoorSays() throws Exception {
        RawHttp answer = raw(RawHttp.head(
                        "POST /request HTTP/1.1",
                        "Host: %s",
                        "Content-Length: 2",
                        "Connection: Host, Content-Length, X-Forwarded-For, X-Forwarded-Host")
                + "ok");

        assertThat(answer.body()).contains("Host: ", "Content-length: 2", "X-forwarded-for: ", "X-forwarded-host: ");
    }

    @Test
    void trailersMayBeAskedFor() throws Exception {
        RawHttp answer =
                raw(RawHttp.head("GET /request HTTP/1.1", "Host: %s", "Connection: TE", "TE: trailers, deflate"));

        assertThat(answer.body()).contains("Te: trailers\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 304, 400, 401, 404, 500, 503})
    void theAppsStatusIsPassedOnAsItIs(int status) throws Exception {
        HttpResponse<String> response = door.get("hello", "/status/" + status);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("X-Request-Id")).isEmpty();
    }

    @Test
    void headHasALengthButNoBody() throws Exception {
        RawHttp head = rawHead(RawHttp.head("HEAD / HTTP/1.1", "Host: %s"));

        assertThat(head.status()).isEqualTo(200);
    }

    @Test
    void manyRequestsShareOneConnection() throws Exception {
        try (Socket client = door.connect()) {
            for (int i = 0; i < 50; i++) {
                client.getOutputStream()
                        .write(request(RawHttp.head("GET /status/20" + i % 3 + " HTTP/1.1", "Host: %s")));
                RawHttp answer = RawHttp.read(client.getInputStream());
                assertThat(answer.status()).isEqualTo(200 + i % 3);
            }
        }
    }

    @Test
    void anUploadInChunksArrivesWhole() throws Exception {
        HttpRequest request = door.request("hello", "/count")
                .POST(BodyPublishers.ofInputStream(() -> new Zeros(5_000_000)))
                .build();

        assertThat(door.send(request, BodyHandlers.ofString()).body()).isEqualTo("5000000");
    }

    @Test
    void aBodyIsStreamedBothWays() throws Exception {
        HttpRequest request = door.request("hello", "/echo")
                .POST(BodyPublishers.ofInputStream(() -> new Zeros(20_000_000)))
                .build();

        HttpResponse<InputStream> response = door.send(request, BodyHandlers.ofInputStream());

        assertThat(response.body().transferTo(java.io.OutputStream.nullOutputStream()))
                .isEqualTo(20_000_000);
    }

    @Test
    void aLargeUploadIsNotKept() throws Exception {
        Supplier<InputStream> zeros = () -> new Zeros(MUCH);
        HttpRequest request = door.request("hello", "/count")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(zeros), MUCH))
                .build();

        assertThat(door.send(request, BodyHandlers.ofString()).body()).isEqualTo(Long.toString(MUCH));
    }

    @Test
    void aLargeDownloadIsNotKept() throws Exception {
        HttpResponse<InputStream> response =
                door.send(door.request("hello", "/zeros?" + MUCH).build(), BodyHandlers.ofInputStream());

        assertThat(response.body().transferTo(java.io.OutputStream.nullOutputStream()))
                .isEqualTo(MUCH);
        assertThat(response.headers().firstValue("Content-Length")).contains(Long.toString(MUCH));
    }

    @Test
    void aClientThatExpectsToBeToldToContinueIsTold() throws Exception {
        try (Socket client = door.connect()) {
            client.getOutputStream()
                    .write(request(
                            "POST /count HTTP/1.1\r\nHost: %s\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"));

            assertThat(RawHttp.readHead(client.getInputStream()).status()).isEqualTo(100);
            client.getOutputStream().write("body".getBytes(StandardCharsets.US_ASCII));
            assertThat(RawHttp.read(client.getInputStream()).body()).isEqualTo("4");
        }
    }

    @Test
    void anHttp10ClientGetsNoChunks() throws Exception {
        try (Socket client = door.connect()) {
            client.getOutputStream()
                    .write(request(RawHttp.head("POST /echo HTTP/1.0", "Host: %s", "Content-Length: 4") + "body"));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.").doesNotContain("chunked").endsWith("\r\n\r\nbody");
        }
    }

    private RawHttp raw(String request) throws Exception {
        try (Socket client = door.connect()) {
            client.getOutputStream().write(request(request));
            return RawHttp.read(client.getInputStream());
        }
    }

    private RawHttp rawHead(String request) throws Exception {
        try (Socket client = door.connect()) {
            client.getOutputStream().write(request(request));
            return RawHttp.readHead(client.getInputStream());
        }
    }

    private byte[] request(String text) {
        return text.formatted(door.host("hello")).getBytes(StandardCharsets.US_ASCII);
    }
}
