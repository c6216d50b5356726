package dev.rac.edgeproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.service.http.ServerStartException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnHostTest {
    private TestDoor door;

    @BeforeAll
    void open() throws Exception {
        // Nothing listens at port 1.
        door = TestDoor.open(Map.of("RAC_NOTIFIER_URL", "http://127.0.0.1:1"));
    }

    @AfterAll
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/", "/v2/alice/hello/manifests/latest", "/token?scope=x", "/users/me", "/claims"})
    void whatIsTheServicesReachesThem(String path) throws Exception {
        assertThat(door.get("", path).body()).isEqualTo("services");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notifications", "/metrics", "/pull-credentials", "/certificates", "/nothing"})
    void whatIsNotForStrangersIsNotThere(String path) throws Exception {
        HttpResponse<String> response = door.get("", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("urn:rac:not-found");
    }

    @Test
    void aPathWithDotSegmentsIsRefused() throws Exception {
        assertThat(door.get("", "/users/%2e%2e/pull-credentials").statusCode()).isEqualTo(400);
    }

    @Test
    void aServiceThatDoesNotListenIsA503InWords() throws Exception {
        HttpResponse<String> response = door.get("", "/apps");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("notifier does not answer");
    }

    @Test
    void theWelcomePageSaysHowToPush() throws Exception {
        assertThat(door.get("", "/").body()).contains("docker push " + door.host("") + "/hello");

        HttpRequest browser =
                door.request("", "/").header("Accept", "text/html,*/*;q=0.8").build();
        HttpResponse<String> page = door.send(browser, BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("<h1>RAC</h1>");
    }

    @Test
    void aBrowserSeesAPageAndOthersAProblem() throws Exception {
        HttpRequest browser =
                door.request("nobody", "/").header("Accept", "text/html").build();
        HttpResponse<String> page = door.send(browser, BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains(
                        "<h1>Not found</h1>",
                        page.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void anUnknownHostIsA404() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(door.proxy.uri() + "/"))
                .header("Host", "elsewhere.example")
                .build();

        HttpResponse<String> response = door.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("elsewhere.example");
    }

    @Test
    void itIsHealthyAlsoWhenItIsNotReady() throws Exception {
        assertThat(door.get("", "/healthz").statusCode()).isEqualTo(200);

        HttpResponse<String> ready = door.get("", "/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("notifier").doesNotContain("127.0.0.1");
    }

    @Test
    void itIsReadyWhenAllPartsAnswer() throws Exception {
        try (var whole = TestDoor.open(Map.of())) {
            assertThat(whole.get("", "/readyz").statusCode()).isEqualTo(200);

            whole.target.breakDown("the engine does not answer");

            await().untilAsserted(() -> assertThat(whole.get("", "/readyz").body())
                    .contains("target")
                    .doesNotContain("engine"));
        }
    }

    @Test
    void aPortInUseIsOneLine() {
        String port = Integer.toString(door.port());

        assertThatThrownBy(() -> TestDoor.open(Map.of("RAC_PORT", port)))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot listen on 127.0.0.1:" + port
                        + ": Address already in use; end what uses the port, or set another one");
    }
}
