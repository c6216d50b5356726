package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people do with RAC as a whole, on any platform: with the docker client, and with a browser. */
abstract class EndToEndContract extends EndToEndFixture {
    EndToEndContract(Platform platform) {
        super(platform);
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
    void anAppThatNobodyAsksForIsFrozenAndGoesOnWhereItWas() throws Exception {
        docker.buildWebServer(reference("quiet"), "cat /proc/sys/kernel/random/uuid > /www/index.html", "rac.idle=10m");
        docker.must("push", reference("quiet"));
        awaitDeployed("quiet");
        String start = page("quiet");

        awaitState("quiet", platform.freezes() ? "frozen" : "running");

        assertThat(page("quiet")).isEqualTo(start);
        awaitState("quiet", "running");
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
}
