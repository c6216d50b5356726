package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What tests of RAC as a whole need around them: a stack of its own for each class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndFixture {
    protected static final Duration DEPLOYED = Duration.ofMinutes(3);
    protected static final Duration ASLEEP = Duration.ofMinutes(3);
    protected static final Duration DRAIN = Duration.ofSeconds(4);

    protected final Platform platform;
    protected final String namespace = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    protected RunningStack stack;
    protected DockerClient docker;
    protected Path directory;

    EndToEndFixture(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        docker = new DockerClient(directory.resolve("nobody"));
        var settings = new HashMap<>(Map.of(
                "RAC_TARGET",
                platform.target(),
                "RAC_IDLE_TIMEOUT",
                "3s",
                "RAC_FREEZE_TIMEOUT",
                "5s",
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
            platform.cleanUp(namespace);
        }
    }

    protected final void pushPage(String repository, String text, String... labels) throws Exception {
        docker.buildWebServer(reference(repository), "echo " + text + " > /www/index.html", labels);
        docker.must("push", reference(repository));
    }

    protected final String page(String app) throws Exception {
        var answer = stack.open(app);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().strip();
    }

    protected final String reference(String repository) {
        return stack.registry() + "/" + repository;
    }

    protected final void awaitState(String repository, String state) {
        await().atMost(ASLEEP)
                .untilAsserted(
                        () -> assertThat(stack.app(repository).path("state").asString())
                                .isEqualTo(state));
    }

    protected final void awaitDeployed(String app) {
        await().atMost(DEPLOYED)
                .untilAsserted(() -> assertThat(stack.open(app).statusCode()).isEqualTo(200));
    }
}
