package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withVolumes;
import static dev.rac.targets.docker.DockerCli.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import org.junit.jupiter.api.Test;

/** That what somebody else made on the engine is never touched, whatever it is called. */
final class DockerForeignObjectsIT extends DockerFixture {
    @Test
    void aContainerOfOurNameWithoutOurLabelsIsLeftAlone() {
        App app = app(name, images.web("one"));
        pull(app);
        docker("create", "--name", container(), app.image());
        try {
            assertThatThrownBy(() -> deploy(app))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining(container())
                    .hasMessageContaining("somebody else's");
            assertThat(target.find(name)).isEmpty();
            target.remove(name);
            connect(namespace).close();

            assertThat(docker("inspect", "-f", "{{.State.Status}}", container()))
                    .isEqualTo("created");
        } finally {
            docker("rm", container());
        }
    }

    @Test
    void aContainerWithOurLabelsUnderAnotherNameIsLeftAlone() {
        App app = app(name, images.web("one"));
        pull(app);
        DockerCli.create("other-" + container(), namespace, app);

        assertThat(target.find(name)).isEmpty();
        assertThat(target.apps()).extracting(status -> status.app().name()).doesNotContain(name);
        deploy(app);
        target.remove(name);

        assertThat(containers()).containsExactly("other-" + container());
    }

    @Test
    void aContainerWhoseLabelsCannotBeReadIsLeftAlone() {
        App app = app(name, images.web("one"));
        pull(app);
        docker(
                "create",
                "--name",
                container(),
                "--label",
                "dev.rac.namespace=" + namespace,
                "--label",
                "dev.rac.name=" + name,
                "--label",
                "dev.rac.app={",
                app.image());

        assertThat(target.apps()).extracting(status -> status.app().name()).doesNotContain(name);
        assertThat(containers()).containsExactly(container());

        // But it is ours, and in the way: the next revision replaces it.
        deploy(app);
        assertThat(target.find(name).orElseThrow().app()).isEqualTo(app);
        assertThat(containers()).containsExactly(container());
    }

    @Test
    void aVolumeOfOurNameWithoutOurLabelsIsLeftAlone() {
        String volume = new ObjectNames(namespace).volume(name, "/data");
        docker("volume", "create", volume);
        try {
            assertThatThrownBy(() -> deploy(withVolumes(app(name, images.web("one")), "/data")))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining(volume);
            target.removeVolumes(name);

            assertThat(docker("volume", "ls", "-q")).contains(volume);
        } finally {
            docker("volume", "rm", volume);
        }
    }

    @Test
    void aNetworkOfOurNameWithoutOurLabelIsNotUsed() {
        String taken = "rac-test-" + random();
        docker("network", "create", taken);
        try {
            assertThatThrownBy(() -> connect(taken))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("network " + taken)
                    .hasMessageContaining("RAC_NAMESPACE");
        } finally {
            docker("network", "rm", taken);
        }
    }

    /** Lets the engine have the image, through an app that is removed again. */
    private void pull(App app) {
        AppName other = new AppName(name + "-pull");
        deploy(app(other, images.web("one")));
        target.remove(other);
        assertThat(app.image()).isEqualTo(images.web("one").reference());
    }
}
