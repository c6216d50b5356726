package dev.rac.targets;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.pushedLater;
import static dev.rac.targets.TestApps.withEnvironment;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Target} does, proved on a real platform with real images. Each adapter's test extends it. */
public abstract class TargetContract extends TargetFixture {
    /** As bits of capabilities(7): CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID, NET_BIND_SERVICE. */
    private static final long ALLOWED_CAPABILITIES = 1 | 1 << 1 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 10;

    protected TargetContract(TestPlatform platform) {
        super(platform);
    }

    @Test
    void saysWhatItIsAndThatItIsWell() {
        assertThat(target.kind()).isEqualTo(kind());
        assertThat(target.problem()).isEmpty();
        assertThat(target.platform().os()).isEqualTo("linux");
        assertThat(target.platform().architecture()).isIn("amd64", "arm64");
    }

    @Test
    void aDeployedAppIsAsleepAndNothingOfItRuns() {
        App app = deploy(app(name, images.web("one")));

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(app);
            assertThat(status.state()).isEqualTo(AppState.ASLEEP);
            assertThat(status.endpoints()).isEmpty();
            assertThat(status.failure()).isEmpty();
        });
        assertThat(target.apps()).extracting(AppStatus::app).contains(app);
        assertThat(running(name)).isZero();
    }

    @Test
    void aWokenAppAnswersAtItsAddress() {
        deploy(app(name, images.web("one")));

        Endpoint endpoint = wake();

        assertThat(get(endpoint, "/")).isEqualTo("one");
        await().atMost(PATIENCE).until(() -> state() == AppState.AWAKE);
        assertThat(target.find(name).orElseThrow().endpoints()).containsExactly(endpoint);
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void wakingTwiceGivesOneInstance() {
        deploy(app(name, images.web("one")));

        assertThat(wake()).isEqualTo(wake());

        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void wakingFromManySidesAtOnceGivesOneInstance() throws Exception {
        deploy(app(name, images.web("one")));

        List<Endpoint> endpoints;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Endpoint>> wakes = List.copyOf(Collections.nCopies(20, this::wake));
            endpoints = threads.invokeAll(wakes).stream().map(Future::resultNow).toList();
        }

        assertThat(endpoints).hasSize(20).containsOnly(endpoints.getFirst());
        assertThat(running(name)).isEqualTo(1);
    }

    @Test
    void aSleepingAppDoesNotRunAndWakesAgainWithAFreshFileSystem() {
        deploy(app(name, images.web("one")));
        Endpoint first = wake();
        assertThat(get(first, "/log")).isEqualTo("started");

        target.sleep(name);

        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(target.find(name).orElseThrow().endpoints()).isEmpty();
        await().atMost(PATIENCE).until(() -> running(name) == 0);
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        Endpoint second = wake();
        assertThat(get(second, "/log")).isEqualTo("started");
        assertThat(second.instance()).isNotEqualTo(first.instance());
    }

    @Test
    void anAppThatIsSlowToEndIsWokenAnewAtOnce() {
        deploy(app(name, images.stubborn("slow")));
        Endpoint first = wake();
        assertThat(get(first, "/")).isEqualTo("slow");

        target.sleep(name);

        assertThat(fetchOnce(first, "/")).isEqualTo("slow");
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        Endpoint second = wake();
        assertThat(second).isNotEqualTo(first);
        assertThat(get(second, "/")).isEqualTo("slow");
        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(wake()).isEqualTo(second);
    }

    @Test
    void deployingTheSameAppLeavesItAwake() {
        App app = deploy(app(name, images.web("one")));
        Endpoint before = wake();

        deploy(app);

        assertThat(state()).isEqualTo(AppState.AWAKE);
        assertThat(wake()).isEqualTo(before);
    }

    @Test
    void theSameRevisionPushedAgainLeavesItAwakeAndTellsOfItOnceAsleep() {
        App app = deploy(app(name, images.web("one")));
        Endpoint before = wake();

        App again = deploy(pushedLater(app));

        assertThat(wake()).isEqualTo(before);
        target.sleep(name);
        deploy(again);
        assertThat(target.find(name).orElseThrow().app()).isEqualTo(again);
    }

    @Test
    void environmentVariablesArriveBesideThoseOfTheImage() {
        App app = deploy(withEnvironment(
                app(name, images.web("one")), Map.of("GREETING", "a \"quoted\" $HOME=\\ word", "EMPTY", "")));
        assertThat(get(wake(), "/environment").lines())
                .contains("GREETING=a \"quoted\" $HOME=\\ word", "EMPTY=", "FROM_IMAGE=yes");

        deploy(withEnvironment(app, Map.of("GREETING", "other")));

        assertThat(get(wake(), "/environment").lines())
                .contains("GREETING=other")
                .doesNotContain("EMPTY=");
    }

    @Test
    void volumesOutliveSleepRevisionAndRemovalUntilTheyAreRemovedThemselves() {
        App app = deploy(withVolumes(app(name, images.web("one")), "/data"));
        assertThat(get(wake(), "/log").lines()).containsExactly("started");

        target.sleep(name);
        // That it was stopped by USR1, the image's STOPSIGNAL, is told by the line "stopped".
        assertThat(get(wake(), "/log").lines()).containsExactly("started", "stopped", "started");

        deploy(withImage(app, images.web("two")));
        assertThat(get(wake(), "/log").lines()).containsSubsequence("stopped", "started", "stopped", "started");

        target.remove(name);
        assertThat(target.find(name)).isEmpty();
        deploy(app);
        assertThat(get(wake(), "/log").lines()).filteredOn("started"::equals).hasSize(4);

        target.remove(name);
        target.removeVolumes(name);
        deploy(app);
        assertThat(get(wake(), "/log").lines()).containsExactly("started");
    }

    @Test
    void aFrozenAppHoldsItsMemoryAndGoesOnWhenItIsWoken() {
        deploy(app(name, images.web("one")));
        assertThat(target.freeze(name)).as("what sleeps").isFalse();
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        Endpoint endpoint = wake();
        assertThat(get(endpoint, "/log")).isEqualTo("started");

        assertThat(target.freeze(name)).isEqualTo(target.freezes());
        assertThat(state()).isEqualTo(target.freezes() ? AppState.FROZEN : AppState.AWAKE);
        if (target.freezes()) {
            assertThat(target.freeze(name)).as("once more").isTrue();
            assertThat(target.memory(name).orElseThrow()).isPositive();
            assertThat(target.apps())
                    .filteredOn(status -> status.app().name().equals(name))
                    .allMatch(status -> status.state() == AppState.FROZEN
                            && status.endpoints().isEmpty());
            assertThatThrownBy(() -> fetchOnce(endpoint, "/")).isInstanceOf(UncheckedIOException.class);
        }

        assertThat(wake()).isEqualTo(endpoint);
        assertThat(get(endpoint, "/log")).isEqualTo("started");
        target.freeze(name);
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        await().atMost(PATIENCE).until(() -> running(name) == 0);
        assertThat(get(wake(), "/log")).isEqualTo("started");
    }

    @Test
    void anAppIsConfined() {
        deploy(app(name, images.web("one")));
        Endpoint endpoint = wake();

        Map<String, String> status = new HashMap<>();
        get(endpoint, "/status")
                .lines()
                .map(line -> line.split(":\\s*", 2))
                .forEach(pair -> status.put(pair[0], pair[1]));

        assertThat(status).containsEntry("NoNewPrivs", "1").containsEntry("Seccomp", "2");
        assertThat(HexFormat.fromHexDigitsToLong(status.get("CapBnd")) & ~ALLOWED_CAPABILITIES)
                .isZero();
        assertThat(HexFormat.fromHexDigitsToLong(status.get("CapEff")) & ~ALLOWED_CAPABILITIES)
                .isZero();
        assertThat(get(endpoint, "/memory")).isEqualTo(Long.toString(TestApps.MEMORY_BYTES));
    }

    @Test
    void removingTwiceIsRemovingOnce() {
        deploy(app(name, images.web("one")));
        wake();

        target.remove(name);
        target.remove(name);

        assertThat(target.find(name)).isEmpty();
        assertThat(target.apps()).extracting(status -> status.app().name()).doesNotContain(name);
        await().atMost(PATIENCE).until(() -> running(name) == 0);
        target.removeVolumes(name);
        target.removeVolumes(name);
    }

    @Test
    void anUnknownAppIsNamed() {
        assertThatThrownBy(() -> target.wake(name, PATIENCE))
                .isInstanceOf(UnknownAppException.class)
                .hasMessageContaining(name.value());
        assertThatThrownBy(() -> target.freeze(name)).isInstanceOf(UnknownAppException.class);
        assertThatThrownBy(() -> target.sleep(name)).isInstanceOf(UnknownAppException.class);
        assertThatThrownBy(() -> target.fail(app(name, images.missing()), "why"))
                .isInstanceOf(UnknownAppException.class);
        assertThat(target.find(name)).isEmpty();
    }

    @Test
    void targetsOfDifferentNamespacesDoNotSeeEachOther() {
        String otherNamespace = "rac-test-" + random();
        try (Target other = connect(otherNamespace)) {
            App mine = deploy(app(name, images.web("one")));
            App theirs = app(name, images.web("two"));
            other.deploy(theirs, AppSecrets.of(registry.credential()));
            Endpoint endpoint = wake();

            assertThat(other.apps()).extracting(AppStatus::app).containsExactly(theirs);
            assertThat(other.find(name).orElseThrow().state()).isEqualTo(AppState.ASLEEP);
            other.remove(name);

            assertThat(target.find(name).orElseThrow().app()).isEqualTo(mine);
            assertThat(wake()).isEqualTo(endpoint);
        } finally {
            delete(otherNamespace);
        }
    }

    @Test
    void anotherProcessSeesTheSameState() {
        deploy(app(name, images.web("one")));
        Endpoint endpoint = wake();
        await().atMost(PATIENCE).until(() -> state() == AppState.AWAKE);

        try (Target other = connect(namespace)) {
            assertThat(other.find(name)).isEqualTo(target.find(name));
            assertThat(other.wake(name, PATIENCE)).containsExactly(endpoint);
            other.sleep(name);
        }

        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void aWatchTellsWhatThereIsBeforeItReturnsAndThenEveryChange() {
        deploy(app(name, images.web("one")));
        var watcher = new RecordingWatcher();
        Target.Watch watch = target.watch(watcher);
        try (watch) {
            assertThat(watcher.history(name)).containsExactly("ASLEEP");

            wake();
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("AWAKE"));
            target.sleep(name);
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("ASLEEP"));
            target.remove(name);
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals(RecordingWatcher.REMOVED));

            assertThat(watcher.history(name)).doesNotContain("FAILED");
            assertThat(watcher.history(name).indexOf(RecordingWatcher.REMOVED))
                    .isEqualTo(watcher.history(name).size() - 1);
        }
        assertThat(watcher.overlapped()).isFalse();
    }

    @Test
    void aWatchTellsWhatAnotherProcessChanges() {
        var watcher = new RecordingWatcher();
        Target.Watch watch = target.watch(watcher);
        try (watch;
                Target other = connect(namespace)) {
            other.deploy(app(name, images.web("one")), AppSecrets.of(registry.credential()));
            await().atMost(PATIENCE).until(() -> watcher.history(name).contains("ASLEEP"));

            Endpoint endpoint = other.wake(name, PATIENCE).getFirst();
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals("AWAKE"));
            assertThat(wake()).isEqualTo(endpoint);

            other.remove(name);
            await().atMost(PATIENCE).until(() -> watcher.history(name).getLast().equals(RecordingWatcher.REMOVED));
        }
    }

    @Test
    void aClosedWatchTellsNothing() {
        var closed = new RecordingWatcher();
        target.watch(closed).close();
        var open = new RecordingWatcher();
        Target.Watch watch = target.watch(open);
        try (watch) {
            deploy(app(name, images.web("one")));
            await().atMost(PATIENCE).until(() -> open.history(name).contains("ASLEEP"));
        }
        assertThat(closed.history(name)).isEmpty();
    }
}
