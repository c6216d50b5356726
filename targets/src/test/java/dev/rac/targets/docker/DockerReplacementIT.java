package dev.rac.targets.docker;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withEnvironment;
import static dev.rac.targets.docker.DockerCli.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.App;
import dev.rac.targets.AppState;
import dev.rac.targets.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a replacement or removal which a process left half done is ended by whoever comes next. */
final class DockerReplacementIT extends DockerFixture {
    @Test
    void aNextContainerCountsAtOnceAndTheLastOneGoesAtTheNextOperation() {
        App last = deploy(app(name, images.web("one")));
        wake();
        App next = withEnvironment(last, Map.of("REVISION", "next"));
        DockerCli.create(container() + ".next", namespace, next);

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(next);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(target.apps())
                .filteredOn(status -> status.app().name().equals(name))
                .hasSize(1);
        assertThat(running(name)).isEqualTo(1);

        assertThat(get(wake(), "/environment")).contains("REVISION=next");
        assertThat(containers()).containsExactly(container());
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void aFrozenContainerServesNobodyOnceTheNextOneCounts() {
        App last = deploy(app(name, images.web("one")));
        wake();
        assertThat(target.freeze(name)).isTrue();
        DockerCli.create(container() + ".next", namespace, withEnvironment(last, Map.of("REVISION", "next")));

        assertThat(get(wake(), "/environment")).contains("REVISION=next");
        assertThat(containers()).containsExactly(container());
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void whatThisProcessFrozeAndAnotherPutToSleepIsWoken() {
        deploy(app(name, images.web("one")));
        wake();
        assertThat(target.freeze(name)).isTrue();
        try (Target other = connect(namespace)) {
            other.sleep(name);
        }

        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    @Test
    void theNextProcessEndsAReplacementThatWasBrokenOffEarly() {
        App last = deploy(app(name, images.web("one")));
        wake();
        App next = withEnvironment(last, Map.of("REVISION", "next"));
        DockerCli.create(container() + ".next", namespace, next);

        connect(namespace).close();

        assertThat(containers()).containsExactly(container());
        assertThat(running(name)).isZero();
        assertThat(target.find(name).orElseThrow().app()).isEqualTo(next);
    }

    @Test
    void theNextProcessEndsAReplacementThatWasBrokenOffLate() {
        App app = deploy(app(name, images.web("one")));
        docker("rename", container(), container() + ".next");

        try (Target other = connect(namespace)) {
            assertThat(containers()).containsExactly(container());
            assertThat(other.find(name).orElseThrow().app()).isEqualTo(app);
        }
        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    @Test
    void theNextProcessEndsARemovalThatWasBrokenOff() {
        deploy(app(name, images.web("one")));
        wake();
        docker("rename", container(), container() + ".gone");
        assertThat(target.find(name)).isEmpty();

        connect(namespace).close();

        assertThat(containers()).isEmpty();
    }

    @Test
    void anAppCanBeDeployedOverTheRestOfARemovedOne() {
        App app = deploy(app(name, images.web("one")));
        docker("rename", container(), container() + ".gone");

        deploy(app);

        assertThat(containers()).containsExactly(container());
        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void aNetworkThatWasPrunedWhileAllSleptIsMadeAgain() {
        deploy(app(name, images.web("one")));
        // Instances of tests before may be ending in it.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> docker("network", "rm", namespace), removed -> true);

        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    @Test
    void aContainerThatWasPrunedCanBeDeployedAgain() {
        App app = deploy(app(name, images.web("one")));
        docker("rm", container());
        assertThat(target.find(name)).isEmpty();

        deploy(app);

        assertThat(get(wake(), "/")).isEqualTo("one");
    }
}
