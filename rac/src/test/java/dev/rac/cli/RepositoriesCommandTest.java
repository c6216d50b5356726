package dev.rac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rac.cli.Rac.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepositoriesCommandTest {
    @Test
    void listsWhatOneMayPull(@TempDir Path data) throws IOException {
        HttpServer registry = registry("{\"repositories\":[\"alice/hello\",\"hello\"]}");
        try (var server = AuthServer.start(
                data,
                "RAC_REGISTRY_URL",
                "http://localhost:" + registry.getAddress().getPort())) {
            Rac alice = server.signUp("alice");
            alice.run("claim", "add", "alice/hello");

            assertThat(alice.run("repositories").out())
                    .matches("REPOSITORY +ACTIONS\nalice/hello +\\S*pull\\S*\nhello +\\S*pull\\S*\n");
            assertThat(server.anonymous().run("repositories").out())
                    .matches("REPOSITORY +ACTIONS\nhello +\\S*pull\\S*\n");
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void saysWhatIsMissingWhereTheRegistryIsNotKnown(@TempDir Path data) {
        try (var server = AuthServer.start(data)) {
            Ran ran = server.anonymous().run("repositories");

            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).hasLineCount(1).contains("RAC_REGISTRY_URL");
        }
    }

    private static HttpServer registry(String catalogue) throws IOException {
        byte[] body = catalogue.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/_catalog", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
