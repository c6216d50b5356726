package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.AuthServer.Reply;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DefenceTest {
    private static final String TOKEN = "/token?scope=repository:hello:pull";

    @TempDir
    private Path data;

    private AuthServer server;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoTriesManyPasswordsIsRefusedThereAndNowhereElse() {
        String alice = server.signUp("alice");
        for (int i = 0; i < 10; i++) {
            assertThat(get(TOKEN, basic("alice", "wrong-" + i), "203.0.113.9").status())
                    .isEqualTo(401);
        }

        Reply refused = get(TOKEN, alice, "203.0.113.9");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("type")).isEqualTo("urn:rac:too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(800, 900);
        assertThat(get("/users/me", alice, "203.0.113.9").status()).isEqualTo(429);
        assertThat(get(TOKEN, alice, "203.0.113.10").status()).isEqualTo(200);
        assertThat(get(TOKEN, null, "203.0.113.9").status()).isEqualTo(200);
        assertThat(server.get("/metrics", null).body())
                .contains("rac_logins_refused_total{reason=\"wrong\"} 10.0")
                .contains("rac_logins_refused_total{reason=\"throttled\"} 2.0");

        List<JsonNode> entries = audit("actor=alice");
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("action").asString()).isEqualTo("login.fail");
            assertThat(entry.path("source").asString()).isEqualTo("203.0.113.9");
            assertThat(entry.path("count").asInt()).isPositive();
        });
        assertThat(entries.toString()).doesNotContain("wrong-1", "alice-password");
    }

    @Test
    void everyRequestForATokenIsRecorded() {
        server.close();
        server = AuthServer.start(data, "RAC_ANONYMOUS_PUSH", "false");
        get(TOKEN, null, "203.0.113.9");
        get("/token?scope=repository:hello:pull,push", null, "203.0.113.9");

        assertThat(audit("resource=repository:hello"))
                .extracting(entry -> entry.path("action").asString() + " "
                        + entry.path("allowed").asBoolean() + " "
                        + entry.path("detail").asString())
                .containsExactly("token.write false granted pull; refused push", "token.read true granted pull");
    }

    @Test
    void aPasswordInThePlaceOfTheNameIsNotWrittenDown() {
        get(TOKEN, basic("My Secret Pass!", "x"), "203.0.113.9");
        get(TOKEN, basic("hunter2", "x"), "203.0.113.9");

        assertThat(audit("").toString()).contains("login.fail").doesNotContain("Secret", "hunter2");
    }

    @Test
    void aFloodOfPasswordsFromOnePlaceLeavesRoomForOthers() {
        server.close();
        server = AuthServer.start(data, "RAC_BCRYPT_COST", "10");
        String alice = server.signUp("alice");
        var flooding = new AtomicBoolean(true);
        var refused = new AtomicInteger();
        var number = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                var _ = threads.submit(() -> {
                    while (flooding.get()) {
                        int n = number.incrementAndGet();
                        if (get(TOKEN, basic("user" + n, "wrong"), "203.0.113.9")
                                        .status()
                                == 429) {
                            refused.incrementAndGet();
                        }
                    }
                });
            }
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> refused.get() > 100);
                for (int i = 0; i < 20; i++) {
                    assertThat(get("/token?scope=repository:r" + i + ":pull", null, "203.0.113.9")
                                    .status())
                            .isEqualTo(200);
                }
                assertThat(get(TOKEN, alice, "198.51.100.7").status()).isEqualTo(200);
            } finally {
                flooding.set(false);
            }
        }
    }

    private Reply get(String path, @Nullable String authorization, String from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).header("X-Forwarded-For", from);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return server.send(request);
    }

    private List<JsonNode> audit(String query) {
        return server.get("/audit?" + query, AuthServer.admin())
                .json()
                .path("entries")
                .valueStream()
                .toList();
    }
}
