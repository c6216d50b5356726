package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditTest {
    @TempDir
    private Path data;

    private AuthServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
        alice = server.signUp("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theAdministratorSeesWhoDidWhatFromWhere() {
        claim("alice/hello");

        JsonNode entry = entries("resource=repository:alice/hello").getFirst();
        assertThat(entry.path("actor").asString()).isEqualTo("alice");
        assertThat(entry.path("action").asString()).isEqualTo("claim.create");
        assertThat(entry.path("source").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.path("allowed").asBoolean()).isTrue();
        assertThat(entry.path("count").asInt()).isEqualTo(1);
        assertThat(entry.path("first_at").asString())
                .isEqualTo(entry.path("last_at").asString());
    }

    @Test
    void nobodyElseSeesIt() {
        assertThat(server.get("/audit", alice).status()).isEqualTo(403);
        assertThat(server.get("/audit", null).status()).isEqualTo(401);
        assertThat(server.get("/audit", AuthServer.service("@notifier")).status())
                .isEqualTo(403);
    }

    @Test
    void entriesAreFoundByActorAndInPages() {
        server.signUp("bob");
        claim("alice/a");
        claim("alice/b");

        assertThat(entries("actor=bob")).hasSize(1);
        Reply first = server.get("/audit?actor=alice&limit=2", AuthServer.admin());
        assertThat(first.json().path("entries")).hasSize(2);
        Reply second = server.get("/audit?actor=alice&limit=2&after=" + first.text("next"), AuthServer.admin());
        assertThat(second.json().path("entries").path(0).path("action").asString())
                .isEqualTo("user.create");
        assertThat(second.json().path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=x", "after=%00", "after=' or 1=1 --"})
    void badParametersAreNamed(String query) {
        Reply reply = server.get("/audit?" + query.replace(" ", "%20"), AuthServer.admin());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).startsWith("\"" + query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor=%00", "resource=%00%0a", "actor=%ff", "resource='--"})
    void whatNobodyIsCalledIsNotFound(String query) {
        assertThat(entries(query)).isEmpty();
    }

    @Test
    void theAddressIsTheOneThatTheFrontDoorSaw() {
        server.send(HttpRequest.newBuilder(server.uri("/claim"))
                .header("Authorization", alice)
                .header("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
                .POST(BodyPublishers.ofString("{\"repository\": \"alice/hello\"}")));

        assertThat(entries("resource=repository:alice/hello")
                        .getFirst()
                        .path("source")
                        .asString())
                .isEqualTo("198.51.100.7");
    }

    @Test
    void aStrangerCannotSayWhereTheyAre() {
        server.close();
        server = AuthServer.start(data, "RAC_TRUSTED_PROXIES", "192.0.2.0/24");
        server.send(HttpRequest.newBuilder(server.uri("/claim"))
                .header("Authorization", alice)
                .header("X-Forwarded-For", "198.51.100.7")
                .POST(BodyPublishers.ofString("{\"repository\": \"alice/hello\"}")));

        assertThat(entries("resource=repository:alice/hello")
                        .getFirst()
                        .path("source")
                        .asString())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void whatServicesReadIsLeftOutButNotWhatTheyAreRefused() {
        server.get("/token?scope=repository:alice/hello:pull", service("@notifier"));
        server.get("/token?scope=repository:alice/hello:push", service("@notifier"));
        server.get("/token?scope=repository:alice/hello:pull", alice);

        assertThat(entries("resource=repository:alice/hello"))
                .extracting(entry -> entry.path("actor").asString() + " "
                        + entry.path("action").asString())
                .containsExactlyInAnyOrder("@notifier token.write", "alice token.read");
    }

    private void claim(String repository) {
        Reply reply = server.send("POST", "/claim", alice, Map.of("repository", repository));
        assertThat(reply.status()).isEqualTo(201);
    }

    private List<JsonNode> entries(String query) {
        Reply reply = server.get("/audit?" + query, AuthServer.admin());
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.json().path("entries").valueStream().toList();
    }
}
