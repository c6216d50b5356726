package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a push to an answered URL; one subclass for each target. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndContract {
    private static final Duration DEPLOYED = Duration.ofSeconds(60);
    private static final Duration ASLEEP = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(4);
    private static final int REQUESTS_AT_ONCE = 50;
    private static final int LOADERS = 8;

    private final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    private RunningStack stack;
    private DockerClient docker;
    private Path directory;

    /** What {@code RAC_TARGET} is set to. */
    abstract String target();

    /** Whether the platform has an instance of an app, or will have one by itself. */
    abstract boolean mayRun(String namespace, String app) throws Exception;

    /** Removes what the platform still holds of a namespace. */
    abstract void cleanUp(String namespace) throws Exception;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        docker = new DockerClient(directory.resolve("nobody"));
        var settings = new HashMap<>(Map.of(
                "RAC_TARGET",
                target(),
                "RAC_IDLE_TIMEOUT",
                "3s",
                "RAC_BCRYPT_COST",
                "5",
                "RAC_DRAIN_TIMEOUT",
                DRAIN.toSeconds() + "s"));
        stack = new RunningStack(directory, namespace, settings);
    }

    @AfterAll
    void end() throws Exception {
        try {
            stack.stop();
        } finally {
            cleanUp(namespace);
        }
    }

    @Test
    void aPushedImageSleepsUntilItsUrlIsOpenedAndAgainWhenNobodyAsks() throws Exception {
        pushPage("hello", "first");
        awaitState("hello", "asleep");
        assertThat(page("hello")).isEqualTo("first");

        pushPage("hello", "second");
        await().atMost(DEPLOYED).untilAsserted(() -> assertThat(page("hello")).isEqualTo("second"));

        awaitState("hello", "asleep");
        assertThat(page("hello")).isEqualTo("second");
    }

    @Test
    void whatAUserClaimedIsTheirs() throws Exception {
        signUp("alice", "alice's password");
        signUp("bob", "bob's password");
        var alice = loggedIn("alice", "alice's password");
        var bob = loggedIn("bob", "bob's password");
        assertThat(claim("alice", "alice's password", "alice/site").statusCode())
                .isEqualTo(201);
        assertThat(claim("alice", "alice's password", "alice/site").statusCode())
                .isEqualTo(200);
        assertThat(claim("bob", "bob's password", "alice/site").statusCode()).isEqualTo(409);

        String image = reference("alice/site");
        docker.buildWebServer(image, "echo hers > /www/index.html");
        assertThat(bob.run("push", image))
                .matches(push -> !push.succeeded() && push.output().contains("denied"));
        assertThat(docker.run("push", image))
                .matches(push -> !push.succeeded() && push.output().contains("denied"));
        alice.must("push", image);
        assertThat(bob.run("pull", image).succeeded()).isFalse();
        assertThat(docker.run("pull", image).succeeded()).isFalse();
        alice.must("pull", image);

        awaitDeployed("alice-site");
        assertThat(page("alice-site")).isEqualTo("hers");
        assertThat(stack.call("GET", "/apps/alice/site", "").statusCode()).isEqualTo(404);
    }

    @Test
    void variablesAreForWhatIsClaimed() throws Exception {
        signUp("dave", "dave's password");
        String set = "{\"TOKEN\": \"for dave's eyes\"}";
        assertThat(stack.call("dave", "dave's password", "PATCH", "/apps/dave/site/-/env", set)
                        .statusCode())
                .isEqualTo(409);
        claim("dave", "dave's password", "dave/*");
        assertThat(stack.call("dave", "dave's password", "PATCH", "/apps/dave/site/-/env", set)
                        .statusCode())
                .isEqualTo(200);
        assertThat(stack.call("PATCH", "/apps/dave/site/-/env", set).statusCode())
                .isEqualTo(404);

        docker.build(reference("dave/site"), """
                EXPOSE 8000
                RUN ["/bin/busybox", "mkdir", "/www"]
                CMD ["/bin/busybox", "sh", "-c", "echo $TOKEN > /www/index.html; exec busybox httpd -f -p 8000 -h /www"]
                """);
        loggedIn("dave", "dave's password").must("push", reference("dave/site"));
        awaitDeployed("dave-site");

        assertThat(page("dave-site")).isEqualTo("for dave's eyes");
    }

    @Test
    void fiftyRequestsAtOnceStartASleepingAppOnce() throws Exception {
        docker.buildWebServer(reference("herd"), "cat /proc/sys/kernel/random/uuid > /www/index.html", "rac.idle=10m");
        docker.must("push", reference("herd"));
        awaitState("herd", "asleep");

        var starts = new HashSet<String>();
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> open = () -> stack.open("herd");
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < REQUESTS_AT_ONCE; i++) {
                answers.add(threads.submit(open));
            }
            for (var answer : answers) {
                statuses.add(answer.get().statusCode());
                starts.add(answer.get().body());
            }
        }
        assertThat(statuses).hasSize(REQUESTS_AT_ONCE).containsOnly(200);
        assertThat(starts).hasSize(1);
    }

    @Test
    void updatesUnderConstantLoadFailNoRequestAndABrokenOneIsNotLetIn() throws Exception {
        pushPage("busy", "first", "rac.idle=10m");
        awaitDeployed("busy");
        try (var load = new ConstantLoad(LOADERS, () -> stack.open("busy"))) {
            pushPage("busy", "second", "rac.idle=10m");
            await().atMost(DEPLOYED).until(() -> page("busy").equals("second"));
            pushPage("busy", "third", "rac.idle=10m");
            await().atMost(DEPLOYED).until(() -> page("busy").equals("third"));
            docker.build(reference("busy"), """
                    EXPOSE 8000
                    CMD ["/bin/busybox", "sh", "-c", "echo no database here >&2; exit 3"]
                    """);
            docker.must("push", reference("busy"));
            await().atMost(DEPLOYED)
                    .untilAsserted(() -> assertThat(stack.app("busy")
                                    .path("last_push")
                                    .path("state")
                                    .asString())
                            .isEqualTo("failed"));
            // Longer than a drain: the old instances' ends are under load, too.
            load.awaitMore(2 * DRAIN.toSeconds());

            assertThat(load.failures()).isEmpty();
            assertThat(load.bodies()).containsExactlyInAnyOrder("first", "second", "third");
        }
        var app = stack.app("busy");
        assertThat(app.path("state").asString()).isEqualTo("running");
        assertThat(app.path("last_push").path("failure").toString()).contains("no database here", "\"exit_code\":3");
        assertThat(page("busy")).isEqualTo("third");
    }

    @Test
    void anAppThatEndsAtOnceIsToldAndNotStartedOverAndOver() throws Exception {
        docker.build(reference("broken"), """
                EXPOSE 8000
                CMD ["/bin/busybox", "sh", "-c", "echo no database here >&2; exit 3"]
                """);
        docker.must("push", reference("broken"));
        awaitState("broken", "asleep");

        var answer = stack.open("broken");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("3").doesNotContain("no database here");
        await().atMost(ASLEEP).untilAsserted(() -> {
            var app = stack.app("broken");
            assertThat(app.toString()).contains("\"failed\"", "no database here");
        });
    }

    @Test
    void anAppThatEndsAfterItAnsweredIsStoppedForGoodUntilItIsAskedForAgain() throws Exception {
        docker.build(reference("weary"), """
                LABEL rac.idle=15s
                EXPOSE 8000
                RUN ["/bin/busybox", "mkdir", "/www"]
                RUN ["/bin/busybox", "sh", "-c", "echo for now > /www/index.html"]
                CMD ["/bin/busybox", "sh", "-c", "busybox httpd -p 8000 -h /www; sleep 10; exit 7"]
                """);
        docker.must("push", reference("weary"));
        awaitState("weary", "asleep");

        assertThat(page("weary")).isEqualTo("for now");
        // A platform that starts it anew by itself does so within these ten seconds.
        await().atMost(ASLEEP)
                .during(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(mayRun(namespace, "weary")).isFalse());
        assertThat(page("weary")).isEqualTo("for now");
    }

    @Test
    void nothingIsLostWhenEverythingIsKilled() throws Exception {
        signUp("carol", "carol's password");
        claim("carol", "carol's password", "carol/kept");
        var carol = loggedIn("carol", "carol's password");
        docker.buildWebServer(reference("carol/kept"), "echo kept > /www/index.html");
        carol.must("push", reference("carol/kept"));
        awaitDeployed("carol-kept");

        stack.kill();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ProcessHandle.allProcesses().noneMatch(this::isOfTheStack));
        stack.startAgain();

        assertThat(page("carol-kept")).isEqualTo("kept");
        assertThat(claim("carol", "carol's password", "carol/kept").statusCode())
                .isEqualTo(200);
        carol.must("pull", reference("carol/kept"));
        assertThat(docker.run("push", reference("carol/kept")).succeeded()).isFalse();
    }

    private boolean isOfTheStack(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(directory.toString());
    }

    private void pushPage(String repository, String text, String... labels) throws Exception {
        docker.buildWebServer(reference(repository), "echo " + text + " > /www/index.html", labels);
        docker.must("push", reference(repository));
    }

    private String page(String app) throws Exception {
        var answer = stack.open(app);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().strip();
    }

    private String reference(String repository) {
        return stack.registry() + "/" + repository;
    }

    private DockerClient loggedIn(String user, String password) throws Exception {
        var client = new DockerClient(directory.resolve(user));
        client.must("login", "--username", user, "--password", password, stack.registry());
        return client;
    }

    private void signUp(String user, String password) throws Exception {
        String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
        assertThat(stack.call("POST", "/users", body).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> claim(String user, String password, String repository) throws Exception {
        return stack.call(user, password, "POST", "/claim", "{\"repository\":\"" + repository + "\"}");
    }

    private void awaitState(String repository, String state) {
        await().atMost(ASLEEP)
                .untilAsserted(
                        () -> assertThat(stack.app(repository).path("state").asString())
                                .isEqualTo(state));
    }

    private void awaitDeployed(String app) {
        await().atMost(DEPLOYED)
                .untilAsserted(() -> assertThat(stack.open(app).statusCode()).isEqualTo(200));
    }
}
