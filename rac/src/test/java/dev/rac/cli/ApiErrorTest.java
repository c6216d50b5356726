package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rac.certs.TlsCertificates;
import dev.rac.cli.Rac.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers, or does not: one line, and what to do. */
final class ApiErrorTest {
    private static final String ME = "{\"name\":\"alice\",\"administrator\":false}";

    @TempDir
    private Path directory;

    @Test
    void nothingListens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Ran ran = whoami(URI.create("http://127.0.0.1:" + port));

        assertFailed(ran, "nothing answers at http://127.0.0.1:" + port, "--url (RAC_URL)");
    }

    @Test
    void theHostIsNotKnown() {
        assertFailed(whoami(URI.create("http://nobody.invalid:1")), "the host of http://nobody.invalid:1 is not known");
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html; charset=utf-8, <html>",
        "502, text/html, <html>",
        "404, text/plain, no",
        "200, application/json, <html>",
        "403, application/json, {}",
        "500, application/problem+json, <html>"
    })
    void somethingElseAnswers(int status, String type, String body) throws IOException {
        HttpServer server = serve(HttpServer.create(), status, type, body);
        try {
            Ran ran = whoami(url("http", server));

            assertFailed(ran, "answered " + status + " with " + type.replaceAll(";.*", ""), "not RAC's API", "proxies");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aProblemOfManyLinesIsOne() throws IOException {
        HttpServer server =
                serve(HttpServer.create(), 400, "application/problem+json", "{\"detail\":\"a\\n\\u001b[31mb\"}");
        try {
            assertThat(whoami(url("http", server))).isEqualTo(new Ran(1, "", "rac: a [31mb\n"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        HttpServer server = HttpServer.create();
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "https://example.org/users/me");
            exchange.sendResponseHeaders(308, -1);
            exchange.close();
        });
        listen(server);
        try {
            assertFailed(whoami(url("http", server)), "sends on to https://example.org/users/me", "--url");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCertificateIsTrustedWithItsAuthorityOnly() throws IOException {
        HttpsServer server = tls("localhost");
        try {
            URI url = url("https", server);

            assertFailed(whoami(url), "the certificate of " + url + " is not trusted", "--ca or RAC_CA");
            Ran trusted =
                    whoami(url, "--ca", directory.resolve("tls-authority.crt").toString());
            assertThat(trusted.status()).as(trusted.err()).isZero();
            TlsCertificates.open(
                    directory.resolve("other"), List.of("localhost"), Clock.systemUTC(), new SecureRandom());
            Path other = directory.resolve("other").resolve("tls-authority.crt");
            assertFailed(whoami(url, "--ca", other.toString()), "is not trusted", other.toString());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCertificateIsForOneHost() throws IOException {
        HttpsServer server = tls("example.org");
        try {
            Ran ran = whoami(
                    url("https", server),
                    "--ca",
                    directory.resolve("tls-authority.crt").toString());

            assertFailed(ran, "is for another host", "--url (RAC_URL)");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void httpsIsAskedWhereHttpIsSpokenAndTheOtherWayRound() throws IOException {
        HttpsServer tls = tls("localhost");
        try (var plain = AuthServer.start(directory)) {
            URI url = URI.create("https://localhost:" + plain.url().getPort());
            assertFailed(whoami(url), url + " does not speak TLS", "is it http");
            assertFailed(whoami(url("http", tls)), url("http", tls).toString(), "--url (RAC_URL)");
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void aFileOfCertificatesThatIsNoneIsAWrongSetting() throws IOException {
        Path file = Files.writeString(directory.resolve("x.pem"), "x");
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        URI url = URI.create("https://localhost:1");

        for (String name : List.of(
                file.toString(), empty.toString(), directory.resolve("none").toString())) {
            Ran ran = whoami(url, "--ca", name);
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains(name).contains("--ca (RAC_CA)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "ftp://localhost",
                "http://alice:secret-password@localhost",
                "http://localhost?x=1",
                "http://",
                "http://a b",
                "x"
            })
    void aUrlThatIsNoneIsAWrongSetting(String url) {
        Ran ran = new Rac().run("user", "whoami", "--url", url);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("rac: --url (RAC_URL) takes an http or https URL")
                .doesNotContain("secret-password");
    }

    @Test
    void aBasePathIsKept() throws IOException {
        HttpServer server = HttpServer.create();
        server.createContext("/base/users/me", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = ME.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        listen(server);
        try {
            Ran ran = whoami(URI.create(url("http", server) + "/base/"), "--json");

            assertThat(ran).isEqualTo(new Ran(0, ME + "\n", ""));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "user, Missing required subcommand",
        "user nothing, Unmatched argument",
        "user add, Missing required parameter: 'NAME'",
        "user whoami --password=x, Unknown option: '--password=x'"
    })
    void wrongUsageEndsWithTwo(String args, String said) {
        Ran ran = new Rac().run(args.split(" "));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("rac: " + said);
    }

    private static void assertFailed(Ran ran, String... said) {
        assertThat(ran.status()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("rac: ").hasLineCount(1).contains(said);
    }

    private static Ran whoami(URI url, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "user";
        args[1] = "whoami";
        System.arraycopy(options, 0, args, 2, options.length);
        return Rac.at(url).as("alice", "alice-password").run(args);
    }

    private HttpsServer tls(String name) throws IOException {
        TlsCertificates certificates =
                TlsCertificates.open(directory, List.of(name), Clock.systemUTC(), new SecureRandom());
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
        serve(server, 200, "application/json", ME);
        return server;
    }

    private static HttpServer serve(HttpServer server, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        listen(server);
        return server;
    }

    private static void listen(HttpServer server) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    private static URI url(String scheme, HttpServer server) {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }
}
