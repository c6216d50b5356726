package dev.rac.notifier.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.notifier.ContentServer;
import dev.rac.notifier.NotifierHarness;
import dev.rac.notifier.TestImages;
import dev.rac.service.json.Json;
import dev.rac.targets.AppName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RevisionRoutesTest {
    private static final String ALICE = NotifierHarness.basic("alice", "wonderland");
    private static final String BOB = NotifierHarness.basic("bob", "builder");
    private static final String UNKNOWN = "sha256:" + "0".repeat(64);

    @TempDir
    Path directory;

    private NotifierHarness rac;

    @BeforeEach
    void start() throws IOException {
        rac = NotifierHarness.start(directory);
        rac.tokens.addUser("alice", "wonderland");
        rac.tokens.addUser("bob", "builder");
    }

    @AfterEach
    void stop() {
        rac.close();
    }

    private TestImages.Content image(String name) {
        return rac.registry.addImage("amd64", Map.of("Labels", Map.of("n", name)));
    }

    private String deploy(String tag, String name, Instant at) {
        TestImages.Content image = image(name);
        rac.push("hello", tag, image, at);
        awaitDigest(tag, image.digest());
        return image.digest();
    }

    private String deploy(String name) {
        return deploy("latest", name, Instant.now());
    }

    private void awaitDigest(String tag, String digest) {
        await().untilAsserted(() -> assertThat(
                        rac.app("hello?tag=" + tag).path("digest").asString())
                .isEqualTo(digest));
        rac.awaitPush("hello", "deployed");
    }

    private List<String> digests(String query) {
        return revisions(query).findValuesAsString("digest");
    }

    private JsonNode revisions(String query) {
        HttpResponse<String> response = rac.call("GET", "/apps/hello/-/revisions" + query, ALICE);
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body()).path("revisions");
    }

    private HttpResponse<String> rollBack(String digest, String authorization) {
        return rac.call("POST", "/apps/hello/-/rollback", authorization, "{\"digest\": \"" + digest + "\"}");
    }

    private void failFrom(String digest, int request) {
        var requests = new AtomicInteger();
        rac.registry.intercept(exchange -> exchange.getRequestURI().getPath().endsWith(digest)
                && requests.getAndIncrement() >= request
                && ContentServer.answer(exchange, 503));
    }

    private void awaitIgnored(int count) {
        await().until(() -> rac.call("GET", "/metrics", null).body().contains("{outcome=\"ignored\"} " + count));
    }

    @Test
    void listsWhatWasDeployedTheLatestPushedFirst() {
        String one = deploy("one");
        String two = deploy("two");
        rac.push("hello", "latest", rac.registry.addImage("arm64", Map.of()));
        rac.awaitPush("hello", "failed");

        JsonNode revisions = revisions("");

        assertThat(revisions.findValuesAsString("digest")).containsExactly(two, one);
        JsonNode latest = revisions.path(0);
        assertThat(latest.path("current").asBoolean()).isTrue();
        assertThat(latest.path("tag").asString()).isEqualTo("latest");
        assertThat(latest.path("state").asString()).isEqualTo("deployed");
        assertThat(latest.path("reason").isNull()).isTrue();
        assertThat(latest.path("pushed_by").asString()).isEqualTo("alice");
        assertThat(latest.path("pushed_digest").asString()).isEqualTo(two);
        assertThat(Instant.parse(latest.path("deployed_at").asString()))
                .isAfterOrEqualTo(Instant.parse(latest.path("pushed_at").asString()));
        assertThat(revisions.path(1).path("current").asBoolean()).isFalse();
    }

    @Test
    void aRevisionThatDoesNotAnswerIsMarkedFailedWithItsEndAndTheOldOneRunsOn() {
        String one = deploy("one");
        rac.target.wake(new AppName("hello"), Duration.ofSeconds(1));
        rac.target.crash(new AppName("hello"));
        TestImages.Content two = image("two");

        rac.push("hello", "latest", two);

        JsonNode app = rac.awaitPush("hello", "failed");
        assertThat(app.path("state").asString()).isEqualTo("running");
        assertThat(app.path("digest").asString()).isEqualTo(one);
        JsonNode failure = app.path("last_push").path("failure");
        assertThat(failure.path("reason").asString()).isEqualTo("it ended with status 1");
        assertThat(failure.path("exit_code").asInt()).isEqualTo(1);
        assertThat(failure.path("log_lines").path(0).asString()).isEqualTo("no config");
        JsonNode revision = rac.app("hello/-/revisions").path("revisions").path(0);
        assertThat(revision.path("digest").asString()).isEqualTo(two.digest());
        assertThat(revision.path("state").asString()).isEqualTo("failed");
        assertThat(revision.path("current").asBoolean()).isFalse();
        assertThat(revision.path("deployed_at").isNull()).isTrue();
        assertThat(revision.path("failure").path("exit_code").asInt()).isEqualTo(1);

        rac.restart();

        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(one);
        assertThat(rac.call("POST", "/apps/hello/-/rollback", null, "").statusCode())
                .as("one is the first that ever ran")
                .isEqualTo(404);
    }

    @Test
    void listsRevisionsInParts() {
        String one = deploy("one");
        String two = deploy("two");
        String three = deploy("three");

        HttpResponse<String> first = rac.call("GET", "/apps/hello/-/revisions?limit=2", ALICE);

        assertThat(Json.MAPPER.readTree(first.body()).path("revisions").findValuesAsString("digest"))
                .containsExactly(three, two);
        assertThat(first.headers().firstValue("Link").orElseThrow())
                .contains("/apps/hello/-/revisions?limit=2&after=sha256%3A" + two.substring("sha256:".length()));
        assertThat(digests("?after=" + two)).containsExactly(one);
        assertThat(digests("?after=" + one)).isEmpty();
        assertThat(rac.call("GET", "/apps/hello/-/revisions?after=" + UNKNOWN, ALICE)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRollbackDeploysItsRevisionWithTheSettingsOfItsImage() {
        var image = rac.registry.addImage("amd64", Map.of("ExposedPorts", Map.of("3000/tcp", Map.of())));
        rac.push("hello", "latest", image);
        rac.awaitPush("hello", "deployed");
        String two = deploy("two");

        HttpResponse<String> response = rollBack(image.digest(), BOB);

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode revision = Json.MAPPER.readTree(response.body());
        assertThat(revision.path("digest").asString()).isEqualTo(image.digest());
        assertThat(revision.path("state").asString()).isEqualTo("deploying");
        awaitDigest("latest", image.digest());
        JsonNode app = rac.app("hello");
        assertThat(app.path("port").asInt()).isEqualTo(3000);
        assertThat(app.path("pushed_by").asString()).isEqualTo("bob");
        assertThat(app.path("last_push").path("digest").asString()).isEqualTo(two);
        JsonNode revisions = revisions("");
        assertThat(revisions.findValuesAsString("digest")).containsExactly(two, image.digest());
        assertThat(revisions.path(1).path("current").asBoolean()).isTrue();
        assertThat(revisions.path(1).path("pushed_by").asString()).isEqualTo("alice");
        assertThat(rac.target.deployments().getLast().credential().user()).isEqualTo("@pull");
    }

    @Test
    void withoutADigestEachRollbackGoesOneFurtherBack() {
        String one = deploy("one");
        String two = deploy("two");
        deploy("three");

        assertThat(rac.call("POST", "/apps/hello/-/rollback", ALICE).statusCode())
                .isEqualTo(202);
        awaitDigest("latest", two);
        assertThat(rac.call("POST", "/apps/hello/-/rollback", ALICE, "{}").statusCode())
                .isEqualTo(202);
        awaitDigest("latest", one);
        HttpResponse<String> none = rac.call("POST", "/apps/hello/-/rollback", ALICE);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("nothing is known that was deployed for hello before");
    }

    @Test
    void whatWasPushedBeforeChangesNothingHoweverLateAndOftenItIsTold() {
        String one = deploy("one");
        TestImages.Content two = image("two");
        Instant pushed = Instant.now();
        String event = rac.push("hello", "latest", two, pushed);
        awaitDigest("latest", two.digest());
        rollBack(one, ALICE);
        awaitDigest("latest", one);

        rac.tell(event, "hello", "latest", two, pushed);
        rac.push("hello", "latest", two, pushed);
        awaitIgnored(1);
        rac.restart();
        rac.push("hello", "latest", two, pushed);
        await().until(() -> rac.call("GET", "/metrics", null).body().contains("{outcome=\"ignored\"} 1"));

        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(one);
        String three = deploy("three");
        assertThat(digests("")).containsExactly(three, two.digest(), one);
    }

    @Test
    void aRollbackToWhatRunsLeavesItRunningAndHoldsToo() {
        Instant start = Instant.now();
        String one = deploy("latest", "one", start.minusSeconds(20));
        rac.call("POST", "/apps/hello/-/start", ALICE);

        assertThat(rollBack(one, ALICE).statusCode()).isEqualTo(202);
        await().until(() -> revisions("").path(0).path("state").asString().equals("deployed"));
        rac.push("hello", "latest", image("two"), start.minusSeconds(10));
        awaitIgnored(1);

        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(one);
        assertThat(rac.app("hello").path("state").asString()).isEqualTo("running");
    }

    @Test
    void aPushThatWaitsIsSupersededByARollback() {
        String one = deploy("one");
        TestImages.Content two = image("two");
        failFrom(two.digest(), 0);
        rac.push("hello", "latest", two);
        rac.awaitPush("hello", "retrying");

        assertThat(rollBack(one, ALICE).statusCode()).isEqualTo(202);

        assertThat(rac.awaitPush("hello", "ignored")
                        .path("last_push")
                        .path("reason")
                        .asString())
                .contains("a rollback, came before its turn");
        await().until(() -> revisions("").path(0).path("state").asString().equals("deployed"));
        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(one);
    }

    @Test
    void aRollbackThatIsStoredIsDeployedAfterTheNextStart() {
        String one = deploy("one");
        deploy("two");
        // It is asked for first by who rolls back, then by the worker.
        failFrom(one, 1);
        assertThat(rollBack(one, ALICE).statusCode()).isEqualTo(202);
        await().until(() -> revisions("").path(1).path("state").asString().equals("retrying"));

        rac.restart();
        rac.registry.intercept(exchange -> false);

        awaitDigest("latest", one);
    }

    @Test
    void whatCameOfARollbackIsSeenAtItsRevision() {
        String one = deploy("one");
        String two = deploy("two");
        rac.target.refuse("no space left on device");

        rollBack(one, ALICE);

        await().until(() -> revisions("").path(1).path("state").asString().equals("failed"));
        JsonNode revisions = revisions("");
        assertThat(revisions.path(1).path("reason").asString()).isEqualTo("no space left on device");
        assertThat(revisions.path(0).path("current").asBoolean()).isTrue();
        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(two);
        assertThat(rac.app("hello").path("last_push").path("state").asString()).isEqualTo("deployed");
    }

    @Test
    void onlyWhatWasDeployedForThisAppCanBeRolledBackTo() {
        deploy("one");
        String preview = deploy("v2", "two", Instant.now());
        TestImages.Content foreign = rac.registry.addImage("arm64", Map.of());
        rac.push("hello", "latest", foreign);
        rac.awaitPush("hello", "failed");

        for (String digest : List.of(UNKNOWN, preview, foreign.digest())) {
            HttpResponse<String> response = rollBack(digest, ALICE);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains(digest + " was not deployed for hello");
        }
    }

    @Test
    void aPreviewHasRevisionsOfItsOwn() {
        String release = deploy("one");
        String first = deploy("v2", "two", Instant.now());
        String second = deploy("v2", "three", Instant.now());
        assertThat(digests("?tag=v2")).containsExactly(second, first);
        assertThat(digests("")).containsExactly(release);

        assertThat(rac.call("POST", "/apps/hello/-/rollback?tag=v2", ALICE).statusCode())
                .isEqualTo(202);

        awaitDigest("v2", first);
        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(release);
    }

    @Test
    void anIndexIsRolledBackToByItsOwnDigestOrItsImages() {
        TestImages.Content image = image("one");
        var index = TestImages.index(List.of(TestImages.entry(image, "linux", "amd64")));
        rac.registry.add(index);
        rac.push("hello", "latest", index);
        awaitDigest("latest", image.digest());
        assertThat(revisions("").path(0).path("digest").asString()).isEqualTo(image.digest());
        assertThat(revisions("").path(0).path("pushed_digest").asString()).isEqualTo(index.digest());

        for (String digest : List.of(index.digest(), image.digest())) {
            deploy("two");
            assertThat(rollBack(digest, ALICE).statusCode()).isEqualTo(202);
            awaitDigest("latest", image.digest());
        }
    }

    @Test
    void anImageThatTheRegistryHasNoLongerIsAConflictAndChangesNothing() {
        String one = deploy("one");
        String two = deploy("two");
        rac.registry.intercept(
                exchange -> exchange.getRequestURI().getPath().endsWith(one) && ContentServer.answer(exchange, 404));

        HttpResponse<String> response = rollBack(one, ALICE);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("hello cannot be rolled back", "the registry has no manifests/" + one);
        assertThat(revisions("").path(1).path("state").asString()).isEqualTo("deployed");
        assertThat(rac.app("hello").path("digest").asString()).isEqualTo(two);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsA503() {
        String one = deploy("one");
        rac.registry.intercept(exchange -> ContentServer.answer(exchange, 500));

        assertThat(rollBack(one, ALICE).statusCode()).isEqualTo(503);
    }

    @Test
    void whoMayOnlyReadSeesRevisionsAndDoesNotRollBack() {
        String one = deploy("one");
        deploy("two");
        rac.tokens.protect("hello");

        assertThat(digests("")).hasSize(2);
        assertThat(rollBack(one, BOB).statusCode()).isEqualTo(403);
        assertThat(rac.call("POST", "/apps/hello/-/rollback", null).statusCode())
                .isEqualTo(401);
        assertThat(rac.target.deployments()).hasSize(2);
    }

    @Test
    void aPrivateAppIsNotThereForStrangers() {
        String one = deploy("one");
        deploy("two");
        rac.tokens.claim("hello", "alice");

        assertThat(rac.call("GET", "/apps/hello/-/revisions", BOB).statusCode()).isEqualTo(404);
        assertThat(rollBack(one, BOB).statusCode()).isEqualTo(404);
        assertThat(rac.call("GET", "/apps/hello/-/revisions", null).statusCode())
                .isEqualTo(404);
        assertThat(rac.target.deployments()).hasSize(2);
    }

    @Test
    void aRemovedAppHasNoRevisions() {
        String one = deploy("one");
        rac.call("DELETE", "/apps/hello", ALICE);

        assertThat(rac.call("GET", "/apps/hello/-/revisions", ALICE).statusCode())
                .isEqualTo(404);
        assertThat(rollBack(one, ALICE).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"digest\": \"latest\"}", "{\"digest\": 7}", "null", "[", "{\"digest\": {}}"})
    void aBodyThatNamesNoDigestIsABadRequest(String body) {
        deploy("one");

        assertThat(rac.call("POST", "/apps/hello/-/rollback", ALICE, body).statusCode())
                .isEqualTo(400);
    }
}
