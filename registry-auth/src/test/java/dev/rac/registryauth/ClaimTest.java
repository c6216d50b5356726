package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
    private static AuthServer server;
    private static String alice;
    private static String bob;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        alice = server.signUp("alice");
        bob = server.signUp("bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void belongsToWhoIsFirst() {
        Reply first = claim(alice, "first");
        Reply again = claim(alice, "first");
        Reply others = claim(bob, "first");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text("repository")).isEqualTo("first");
        assertThat(first.text("owner")).isEqualTo("alice");
        assertThat(Instant.parse(first.text("created_at"))).isBefore(Instant.now());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("owner")).isEqualTo("alice");
        assertThat(others.status()).isEqualTo(409);
        assertThat(others.text("type")).isEqualTo("urn:rac:conflict");
        assertThat(claim(admin(), "first").status()).isEqualTo(409);
    }

    @Test
    void isSeenByItsOwnerAndTheAdministrator() {
        claim(alice, "alice/seen");

        assertThat(server.get("/claims/alice/seen", alice).text("owner")).isEqualTo("alice");
        assertThat(server.get("/claims/alice/seen", admin()).text("owner")).isEqualTo("alice");
        assertThat(server.get("/claims/alice%2Fseen", alice).text("owner")).isEqualTo("alice");
        Reply others = server.get("/claims/alice/seen", bob);
        assertThat(others.status()).isEqualTo(403);
        assertThat(others.body()).doesNotContain("\"alice\"");
        assertThat(server.get("/claims/alice/unseen", bob).status()).isEqualTo(404);
    }

    @Test
    void areListedByNameForTheirOwner() {
        String carol = server.signUp("carol");
        claim(carol, "carol/b");
        claim(carol, "carol/a");
        claim(bob, "carol/c");

        assertThat(server.get("/claims", carol)
                        .json()
                        .valueStream()
                        .map(claim -> claim.path("repository").asString("")))
                .containsExactly("carol/a", "carol/b");
        assertThat(server.get("/claims", admin()).body()).isEqualTo("[]");
    }

    @Test
    void isReleasedByItsOwnerAndIsThenAnybodys() {
        claim(alice, "alice/freed");
        assertThat(granted(bob, "alice/freed")).isEmpty();

        assertThat(release(bob, "alice/freed").status()).isEqualTo(403);
        assertThat(granted(bob, "alice/freed")).isEmpty();
        assertThat(release(alice, "alice/freed").status()).isEqualTo(204);
        assertThat(release(alice, "alice/freed").status()).isEqualTo(404);

        assertThat(granted(bob, "alice/freed")).isEqualTo("repository:alice/freed:pull,push");
        assertThat(claim(bob, "alice/freed").status()).isEqualTo(201);
        assertThat(granted(alice, "alice/freed")).isEmpty();
    }

    @Test
    void isReleasedByTheAdministrator() {
        claim(alice, "alice/taken");

        assertThat(release(admin(), "alice/taken").status()).isEqualTo(204);
        assertThat(server.get("/claims/alice/taken", alice).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"repository\":null}",
                "{\"repository\":\"\"}",
                "{\"repository\":\"Alice/x\"}",
                "{\"repository\":\"../x\"}",
                "{\"repository\":\"a//b\"}",
                "{\"repository\":\"a\\n\"}",
                "{\"repository\":\"host:5000/a\"}",
                "{\"repository\":\"a:latest\"}",
                "{\"repository\":[]}",
                "[]",
                "null",
                "x",
                ""
            })
    void needsARepositorysName(String body) {
        Reply reply = server.send("POST", "/claim", alice, body);

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aNameThatIsNoneIsA400InAPathToo() {
        assertThat(server.get("/claims/Alice", alice).status()).isEqualTo(400);
        assertThat(server.get("/claims/a*", alice).status()).isEqualTo(400);
        assertThat(claim(alice, "a".repeat(256)).status()).isEqualTo(400);
        assertThat(claim(alice, "a".repeat(255)).status()).isEqualTo(201);
    }

    @Test
    void servicesOwnNothing() {
        assertThat(claim(service("@notifier"), "services").status()).isEqualTo(403);
    }

    @Test
    void oneOfManyAtTheSameTimeWins() throws Exception {
        List<String> people =
                IntStream.range(0, 20).mapToObj(i -> server.signUp("racer" + i)).toList();
        for (int round = 0; round < 10; round++) {
            String repository = "raced/" + round;
            List<Integer> statuses = atOnce(people.stream()
                    .<Callable<Integer>>map(
                            person -> () -> claim(person, repository).status())
                    .toList());

            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
            assertThat(server.get("/claims/" + repository, admin()).text("owner"))
                    .startsWith("racer");
        }
    }

    @Test
    void claimingAndReleasingAtTheSameTimeNeverFails() throws Exception {
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 60; i++) {
            calls.add(() -> claim(alice, "contested").status());
            calls.add(() -> claim(bob, "contested").status());
            calls.add(() -> release(alice, "contested").status());
            calls.add(() -> release(bob, "contested").status());
        }

        assertThat(atOnce(calls)).doesNotContain(500).contains(201, 204);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        }
    }

    private static Reply claim(String authorization, String repository) {
        return server.send("POST", "/claim", authorization, Map.of("repository", repository));
    }

    private static Reply release(String authorization, String repository) {
        return server.send("DELETE", "/claims/" + repository, authorization, null);
    }

    private static String granted(String authorization, String repository) {
        return server.get("/token?scope=repository:" + repository + ":pull,push", authorization)
                .access();
    }
}
