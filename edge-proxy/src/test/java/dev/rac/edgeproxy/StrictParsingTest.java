package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers in a row might understand differently, or that ask for what is not theirs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictParsingTest {
    private final WebProgram program = new WebProgram("hello");
    private TestDoor door;

    @BeforeAll
    void open() throws Exception {
        door = TestDoor.open(Map.of());
        door.target.deploy(app("hello"), Behaviour.of(program));
        door.get("hello", "/");
    }

    @AfterAll
    void close() {
        door.close();
    }

    /** {@code |} stands for the end of a line, {@code HOST} for the app's host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1|Host: HOST|Content-Length: 4|Transfer-Encoding: chunked||0||X",
                "POST / HTTP/1.1|Host: HOST|Transfer-Encoding: chunked|Content-Length: 4||0||X",
                "POST / HTTP/1.1|Host: HOST|Content-Length: 4|Content-Length: 5||bodyX",
                "POST / HTTP/1.1|Host: HOST|Content-Length: 4|Content-Length: 4||body",
                "POST / HTTP/1.1|Host: HOST|Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
                "POST / HTTP/1.1|Host: HOST|Transfer-Encoding: xchunked||0||",
                "POST / HTTP/1.1|Host: HOST|Transfer-Encoding: chunked, identity||0||",
                "POST / HTTP/1.1|Host: HOST|Transfer-Encoding: identity||",
                "POST / HTTP/1.1|Host: HOST|Content-Length: +4||body",
                "POST / HTTP/1.1|Host: HOST|Content-Length: -1||",
                "POST / HTTP/1.1|Host: HOST|Content-Length: 4, 4||body",
                "POST / HTTP/1.1|Host: HOST|Content-Length: 0x4||body",
                "POST / HTTP/1.0|Host: HOST|Transfer-Encoding: chunked||0||",
                "GET / HTTP/1.1|Host: HOST|Host: localhost||",
                "GET / HTTP/1.1|Host: HOST|Host: HOST||",
                "GET / HTTP/1.1|X-Nothing: 1||",
                "GET / HTTP/1.0||",
                "GET / HTTP/1.1|Host:||",
                "GET / HTTP/1.1|Host: HOST@evil||",
                "GET http://localhost/ HTTP/1.1|Host: HOST||",
                "GET http://HOSTx/ HTTP/1.1|Host: HOST||",
                "GET / HTTP/1.1|Host: HOST|X Space: one||",
                "GET / HTTP/1.1|Host: HOST|Transfer-Encoding : chunked||0||",
                "GET  / HTTP/1.1|Host: HOST||",
                "GET /a b HTTP/1.1|Host: HOST||",
                "GET / HTTP/11|Host: HOST||",
                "GET / HTTP/1.1\nHost: HOST\n\n",
                "GET / HTTP/1.1|Host: HOST|X-Return: a\rb||",
                "GET / HTTP/1.1|Host: HOST|X-Nul: a\0b||",
                "CONNECT HOST HTTP/1.1|Host: HOST||",
            })
    void isRefusedAndTheConnectionEnds(String request) throws Exception {
        int before = program.requests();

        try (Socket client = door.connect()) {
            client.getOutputStream()
                    .write(request.replace("|", "\r\n")
                            .replace("HOST", door.host("hello"))
                            .getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).containsPattern("^HTTP/1\\.[01] 400 ");
            assertThat(answer.split("HTTP/1\\.[01] \\d", -1)).as("answers").hasSize(2);
        }
        assertThat(program.requests()).isEqualTo(before);
    }

    @Test
    void anAbsoluteTargetOfTheSameHostIsServed() throws Exception {
        try (Socket client = door.connect()) {
            send(
                    client,
                    RawHttp.head(
                            "GET http://" + door.host("hello") + "/request HTTP/1.1", "Host: " + door.host("hello")));

            assertThat(RawHttp.read(client.getInputStream()).body()).startsWith("GET /request\n");
        }
    }

    @Test
    void anAbsoluteTargetReachesNothingButTheRouteTable() throws Exception {
        try (Socket client = door.connect()) {
            send(client, RawHttp.head("GET http://169.254.169.254/ HTTP/1.1", "Host: 169.254.169.254"));

            assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(404);
        }
    }

    @Test
    void tooManyOrTooLongHeadersAreRefused() throws Exception {
        try (Socket client = door.connect()) {
            send(
                    client,
                    RawHttp.head("GET / HTTP/1.1", "Host: " + door.host("hello"), "X-Long: " + "x".repeat(70_000)));

            assertThat(firstBytes(client.getInputStream())).startsWith("HTTP/1.1 400");
        }
        try (Socket client = door.connect()) {
            send(
                    client,
                    RawHttp.head(
                            "GET / HTTP/1.1",
                            "Host: " + door.host("hello"),
                            "X-Many: 1\r\n".repeat(300) + "X-Last: 1"));

            assertThat(firstBytes(client.getInputStream())).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aFoldedHeaderIsPassedOnAsOneLine() throws Exception {
        try (Socket client = door.connect()) {
            send(client, RawHttp.head("GET /request HTTP/1.1", "Host: " + door.host("hello"), "X-Folded: one", " two"));

            assertThat(RawHttp.read(client.getInputStream()).body()).containsPattern("\nX-folded: one +two\n");
        }
    }

    @Test
    void aPathIsPassedOnAsItCame() throws Exception {
        String path = "/..%2f%41;a=b//./c?d=%20&e=/../";
        try (Socket client = door.connect()) {
            send(client, RawHttp.head("GET " + path + " HTTP/1.1", "Host: " + door.host("hello")));

            assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(200);
            assertThat(program.lastTarget()).isEqualTo(path);
        }
    }

    private static void send(Socket client, String text) throws Exception {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstBytes(InputStream in) throws Exception {
        return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
}
