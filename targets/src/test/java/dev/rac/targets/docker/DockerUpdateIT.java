package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withEnvironment;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.docker.DockerCli.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Target;
import dev.rac.targets.TestImages.TestImage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Updates that a process left half done, frozen apps, and old images. */
final class DockerUpdateIT extends DockerFixture {
    @Test
    void aCandidateThatNobodyWaitsForIsRemovedByTheNextDeploy() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();
        App two = withEnvironment(one, Map.of("REVISION", "next"));
        DockerCli.create(container() + ".new", namespace, two);
        docker("start", container() + ".new");

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
        assertThat(target.find(name).orElseThrow().updating()).isTrue();
        assertThat(fetchOnce(old, "/")).isEqualTo("one");

        deploy(two);

        assertThat(get(wake(), "/environment")).contains("REVISION=next");
        await().atMost(PATIENCE).until(() -> running(name) == 1);
    }

    @Test
    void aHandoverThatWasBrokenOffIsEndedByTheNextProcess() {
        App one = deploy(app(name, images.web("one")));
        wake();
        App two = withEnvironment(one, Map.of("REVISION", "next"));
        DockerCli.create(container() + ".new", namespace, two);
        docker("start", container() + ".new");
        docker("rename", container(), container() + ".old-123456789012");

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(two);
        assertThat(state()).isEqualTo(AppState.AWAKE);
        Target next = connect(namespace);
        try (next) {
            assertThat(get(next.wake(name, PATIENCE).getFirst(), "/environment"))
                    .contains("REVISION=next");
            await().atMost(PATIENCE).until(() -> running(name) == 1);
        }
    }

    @Test
    void aClosedTargetLeavesNoReplacedContainer() {
        App one = app(name, images.web("one"));
        Target other = connect(namespace);
        try (other) {
            other.deploy(one, AppSecrets.of(registry.credential()));
            other.wake(name, PATIENCE);
            get(other.wake(name, PATIENCE).getFirst(), "/");
            other.deploy(withImage(one, images.web("two")), AppSecrets.of(registry.credential()));
            assertThat(running(name)).isEqualTo(2);
        }
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void aFrozenAppSaysSoAndAWakeLetsItGoOn() {
        deploy(app(name, images.web("one")));
        Endpoint endpoint = wake();
        get(endpoint, "/");
        docker("pause", container());

        assertThat(state()).isEqualTo(AppState.FROZEN);
        assertThat(target.apps())
                .filteredOn(status -> status.app().name().equals(name))
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(AppState.FROZEN));

        assertThat(wake()).isEqualTo(endpoint);
        assertThat(fetchOnce(endpoint, "/")).isEqualTo("one");
        docker("pause", container());
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void imagesThatNoContainerUsesAreRemovedButForThoseThatAreKept() {
        TestImage image = images.image("garbage", "exec /bin/busybox sleep 1000");
        String repository = image.reference().substring(0, image.reference().indexOf('@'));
        deploy(app(name, image));

        target.removeImages(repository, Set.of());
        assertThat(pulled(repository)).as("a sleeping container uses it").isTrue();

        target.remove(name);
        target.removeImages(repository, Set.of(image.digest()));
        assertThat(pulled(repository)).as("it is kept").isTrue();
        target.removeImages(repository + "-other", Set.of());
        assertThat(pulled(repository)).as("it is another's").isTrue();

        target.removeImages(repository, Set.of());
        assertThat(pulled(repository)).isFalse();
    }

    private static boolean pulled(String repository) {
        return !docker("images", "-q", "--digests", repository).isBlank();
    }
}
