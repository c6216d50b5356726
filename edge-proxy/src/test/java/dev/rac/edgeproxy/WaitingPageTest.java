package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch mayListen = new CountDownLatch(1);
    private TestDoor door;
    private LocalApp hello;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of());
        hello = door.target.deploy(
                app("hello"), Behaviour.of(new WebProgram("hello")).listeningAfter(mayListen));
    }

    @AfterEach
    void close() {
        mayListen.countDown();
        door.close();
    }

    @Test
    void aPersonSeesAPageThatGoesOnByItselfAndThenTheApp() throws Exception {
        HttpResponse<String> page = door.send(browser("GET").build(), BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Refresh")).contains("1");
        assertThat(page.headers().firstValue("Retry-After")).contains("1");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).contains("hello is starting").doesNotContain("<script");
        assertThat(hello.starts()).isEqualTo(1);

        mayListen.countDown();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(door.send(browser("GET").build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200));
        assertThat(hello.starts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, */*, ''", "POST, text/html, navigate", "GET, text/html, cors", "HEAD, text/html, ''"})
    void whoIsNoPersonOrCannotAskAgainIsHeld(String method, String accept, String mode) throws Exception {
        HttpRequest.Builder request = door.request("hello", "/")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", accept);
        if (!mode.isEmpty()) {
            request.header("Sec-Fetch-Mode", mode);
        }
        Thread.startVirtualThread(() -> {
            try {
                // Longer than anybody waits for a page.
                Thread.sleep(2500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            mayListen.countDown();
        });

        HttpResponse<String> answer = door.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Server-Timing").orElseThrow()).matches("wake;dur=[0-9]{4,5}\\.[0-9]");
    }

    @Test
    void onlyAnAnswerThatWasWaitedForTellsHowLong() throws Exception {
        mayListen.countDown();

        HttpResponse<String> cold = door.get("hello", "/");
        HttpResponse<String> warm = door.get("hello", "/");

        assertThat(cold.statusCode()).isEqualTo(200);
        assertThat(cold.headers().firstValue("Server-Timing")).isPresent();
        assertThat(warm.headers().firstValue("Server-Timing")).isEmpty();
    }

    private HttpRequest.Builder browser(String method) {
        return door.request("hello", "/")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .header("Sec-Fetch-Mode", "navigate");
    }
}
