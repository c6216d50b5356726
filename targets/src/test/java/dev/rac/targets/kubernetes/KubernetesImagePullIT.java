package dev.rac.targets.kubernetes;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppState;
import dev.rac.targets.Commands;
import dev.rac.targets.TargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** That images are pulled when they are pushed. The node's engine is this machine's. */
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
final class KubernetesImagePullIT extends KubernetesFixture {
    @Test
    void whatSleepsHasItsImageOnTheNodeAlready() {
        App app = app(name, images.image("pulled", "echo never run"));
        assertThat(pulled(app)).isFalse();

        deploy(app);

        assertThat(pulled(app)).isTrue();
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(cluster.client()
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(PullPods.labels(app))
                        .list()
                        .getItems())
                .allMatch(AppView::isEnding);
    }

    @Test
    void anImageThatCannotBePulledFailsItsPushAndLeavesWhatWasThere() {
        App one = deploy(app(name, images.web("one")));
        wake();

        assertThatThrownBy(() -> deploy(withImage(one, images.missing())))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(images.missing().reference());

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(one);
            assertThat(status.state()).isEqualTo(AppState.AWAKE);
        });
    }

    @Test
    void aPushThatIsRefusedLeavesNothingOfAnAppThatWasNotThere() {
        App app = app(name, images.image("refused", "echo never run"));

        assertThatThrownBy(() -> target.deploy(app, AppSecrets.of(registry.wrongCredential())))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(app.image());

        assertThat(target.find(name)).isEmpty();
        assertThat(cluster.client()
                        .secrets()
                        .inNamespace(namespace)
                        .withName(Names.pullSecret(name))
                        .get())
                .isNull();
    }

    private static boolean pulled(App app) {
        String repository = app.image().substring(0, app.image().indexOf('@'));
        return !Commands.run("docker", "images", "-q", "--digests", repository).isEmpty();
    }
}
