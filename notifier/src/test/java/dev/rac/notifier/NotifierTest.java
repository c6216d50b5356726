package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {
    @TempDir
    Path directory;

    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
    }

    @AfterEach
    void stop() {
        rac.close();
    }

    @Test
    void aPushThatIsStoredIsDeployedAfterTheNextStart() {
        rac.target.outage("the engine does not answer");
        var manifest = rac.registry.addImage("amd64", Map.of());
        rac.push("hello", "latest", manifest);
        await().until(() -> rac.app("hello").path("status").asInt() == 503);

        rac.restart();
        rac.target.outage(null);

        assertThat(rac.awaitPush("hello", "deployed").path("digest").asString()).isEqualTo(manifest.digest());
    }

    @Test
    void whileAPartDoesNotAnswerThePusherSeesWhichAndNothingIsLost() {
        var manifest = rac.registry.addImage("amd64", Map.of());
        rac.registry.intercept(exchange -> ContentServer.answer(exchange, 503));

        rac.push("hello", "latest", manifest);

        assertThat(rac.awaitPush("hello", "retrying")
                        .path("last_push")
                        .path("reason")
                        .asString())
                .contains("the registry answered 503");
        rac.registry.intercept(exchange -> false);
        rac.awaitPush("hello", "deployed");
    }

    @Test
    void aTroubleThatLastsIsRecordedOnce() {
        var manifest = rac.registry.addImage("amd64", Map.of());
        var asked = new AtomicInteger();
        rac.registry.intercept(exchange -> {
            asked.incrementAndGet();
            return ContentServer.answer(exchange, 503);
        });
        rac.push("hello", "latest", manifest);
        String since =
                rac.awaitPush("hello", "retrying").path("last_push").path("at").asString();
        int before = asked.get();

        await().until(() -> asked.get() >= before + 3);

        assertThat(rac.awaitPush("hello", "retrying")
                        .path("last_push")
                        .path("at")
                        .asString())
                .isNotEmpty()
                .isEqualTo(since);
    }

    @Test
    void thePusherIsToldNoInternalAddress() {
        var manifest = rac.registry.addImage("amd64", Map.of());
        int port = rac.registry.uri().getPort();
        rac.registry.close();

        rac.push("hello", "latest", manifest);

        assertThat(rac.awaitPush("hello", "retrying")
                        .path("last_push")
                        .path("reason")
                        .asString())
                .isEqualTo("the registry does not answer")
                .doesNotContain(Integer.toString(port));
    }

    @Test
    void whoAsksForAnAppOfAPushUnderWayIsToldThatItArrives() {
        rac.target.refuse("not yet");
        rac.push("hello", "v2", rac.registry.addImage("amd64", Map.of()));

        assertThat(rac.call("GET", "/arrivals/v2--hello", null).statusCode()).isEqualTo(200);
        assertThat(rac.call("GET", "/arrivals/other", null).statusCode()).isEqualTo(404);
        assertThat(rac.call("GET", "/arrivals/_", null).statusCode()).isEqualTo(400);
        rac.target.refuse(null);
        rac.awaitPush("hello", "deployed");
        await().until(() -> rac.call("GET", "/arrivals/v2--hello", null).statusCode() == 404);
    }

    @Test
    void aRefusalIsRecordedInTheEndAndTheNextPushIsDeployed() {
        rac.target.refuse("no space left on device");
        var manifest = rac.registry.addImage("amd64", Map.of());

        rac.push("hello", "latest", manifest);

        assertThat(rac.awaitPush("hello", "failed")
                        .path("last_push")
                        .path("reason")
                        .asString())
                .isEqualTo("no space left on device");
        rac.target.refuse(null);
        rac.push("hello", "latest", manifest);
        rac.awaitPush("hello", "deployed");
    }

    @Test
    void ofManyPushesBehindOneThatHangsOnlyTheNewestIsDeployed() throws Exception {
        var release = new CountDownLatch(1);
        var first = new AtomicInteger();
        rac.registry.intercept(exchange -> {
            if (first.getAndIncrement() == 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return false;
        });
        TestImages.Content newest = rac.registry.addImage("amd64", Map.of());
        for (int i = 0; i < 20; i++) {
            newest = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "" + i)));
            rac.push("hello", "latest", newest, Instant.now().minusSeconds(100 - i));
        }
        release.countDown();

        String expected = newest.digest();
        await().untilAsserted(() ->
                assertThat(rac.app("hello").path("digest").asString()).isEqualTo(expected));
        rac.awaitPush("hello", "deployed");
        assertThat(rac.target.deployments()).hasSizeLessThanOrEqualTo(2);
        assertThat(rac.call("GET", "/metrics", null).body())
                .containsPattern("rac_notifier_deploys_total\\{outcome=\"ignored\"} 1[89]");
    }

    @Test
    void aPushThatComesLateDoesNotReplaceANewerOne() {
        var newer = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "2")));
        var older = rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", "1")));
        rac.push("hello", "latest", newer, Instant.now().minusSeconds(10));
        rac.awaitPush("hello", "deployed");

        rac.push("hello", "latest", older, Instant.now().minusSeconds(20));

        await().until(() -> rac.call("GET", "/metrics", null).body().contains("{outcome=\"ignored\"} 1"));
        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(newer.digest());
    }

    @Test
    void manyRepositoriesAreDeployedSideBySide() {
        var manifest = rac.registry.addImage("amd64", Map.of());
        for (int i = 0; i < 60; i++) {
            rac.push("team/app-" + i, "latest", manifest);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> rac.target.apps().size() == 60);
        assertThat(rac.target.apps())
                .allSatisfy(status -> assertThat(status.app().name().value()).startsWith("team-app-"));
    }

    @Test
    void repositoriesThatWantOneNameGetDifferentOnes() {
        var manifest = rac.registry.addImage("amd64", Map.of());
        for (String repository : new String[] {"a/b", "a-b", "a.b", "a_b", "a/b", "a-b"}) {
            rac.push(repository, "latest", manifest);
        }

        await().until(() -> rac.target.apps().size() == 4);
        for (String repository : new String[] {"a/b", "a-b", "a.b", "a_b"}) {
            rac.awaitPush(repository, "deployed");
        }
        assertThat(rac.target.apps()).hasSize(4);
        assertThat(rac.target.apps()).extracting(status -> status.app().name()).contains(new AppName("a-b"));
    }

    @Test
    void anImageThatIsGoneIsGivenUpInTheEnd() {
        rac.push("hello", "latest", new TestImages.Content(TestImages.MANIFEST, "never stored"));

        assertThat(rac.awaitPush("hello", "failed")
                        .path("last_push")
                        .path("reason")
                        .asString())
                .contains("the registry has no manifests/sha256:");
    }

    @Test
    void atStartEveryAppIsDeployedAgainAsItIsWithANewCredential() {
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of()));
        rac.awaitPush("hello", "deployed");
        rac.target.wake(new AppName("hello"), Duration.ofSeconds(1));

        rac.restart();

        await().until(() -> rac.target.deployments().size() == 2);
        assertThat(rac.target.deployments().get(1).app())
                .isEqualTo(rac.target.deployments().get(0).app());
        assertThat(rac.app("hello").path("state").asString()).isEqualTo("running");
    }

    @Test
    void readinessNamesThePartThatDoesNotAnswer() {
        assertThat(rac.call("GET", "/readyz", null).statusCode()).isEqualTo(200);

        rac.target.outage("the engine is gone");
        rac.tokens.close();

        var response = rac.call("GET", "/readyz", null);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"target\":\"the engine is gone\"", "\"registry-auth\"");
    }

    @Test
    void whatHappensIsMeasured() {
        rac.push("hello", "latest", rac.registry.addImage("amd64", Map.of()));
        rac.awaitPush("hello", "deployed");

        await().untilAsserted(() -> assertThat(rac.call("GET", "/metrics", null).body())
                .contains(
                        "rac_notifier_events_total{kind=\"stored\"} 1",
                        "rac_notifier_deploys_total{outcome=\"deployed\"} 1",
                        "rac_notifier_deploy_seconds_count 1"));
    }
}
