package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever may push to what nobody claimed cannot keep that from whoever claims it. */
class HiddenPushTest {
    private static final int PER_REQUEST = 199;
    private static final String TARGET = "repository:target:pull,push";

    @Test
    void aPermissionAmongVeryManyIsSeenInTheHistory(@TempDir Path data) {
        try (var server = AuthServer.start(data)) {
            String alice = server.signUp("alice");
            server.signUp("mallory");
            for (int request = 0; request < 4; request++) {
                assertThat(pushTo(server, madeUp(request))).contains("made-up-" + request);
            }
            // The last of one more request, so that what the budget regains meanwhile is used up before it.
            assertThat(pushTo(server, madeUp(4) + " " + TARGET)).contains(TARGET);

            server.send("POST", "/claim", alice, Map.of("repository", "target"));
            List<JsonNode> history = server.get("/claims/target/-/history", alice)
                    .json()
                    .valueStream()
                    .toList();

            assertThat(history).hasSize(2);
            assertThat(history.getFirst().path("action").asString()).isEqualTo("claim.create");
            JsonNode many = history.getLast();
            assertThat(many.path("actor").asString()).isEqualTo("mallory");
            assertThat(many.path("action").asString()).isEqualTo("token.write");
            assertThat(many.path("allowed").asBoolean()).isTrue();
            assertThat(many.path("detail").asString()).isEqualTo("too many to be written one by one");
        }
    }

    private static String pushTo(AuthServer server, String scope) {
        return server.form(
                        null,
                        "grant_type",
                        "password",
                        "service",
                        "localhost",
                        "client_id",
                        "test",
                        "username",
                        "mallory",
                        "password",
                        "mallory-password",
                        "scope",
                        scope)
                .text("scope");
    }

    private static String madeUp(int request) {
        return IntStream.range(0, PER_REQUEST)
                .mapToObj(i -> "repository:made-up-" + request + "-" + i + ":pull,push")
                .collect(Collectors.joining(" "));
    }
}
