package dev.rac.targets;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.pushedLater;
import static dev.rac.targets.TestApps.withEnvironment;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
    /** How long nothing must happen before a test believes that it never will. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** As bits of capabilities(7): CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID, NET_BIND_SERVICE. */
    private static final long ALLOWED_CAPABILITIES = 1 | 1 << 1 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 10;

    /** What {@link Target#kind()} must say. */
    protected abstract String kind();

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
    void anAppThatEndsAtOnceFailsWithItsExitStatusAndLastLinesAndIsNotStartedAgain() {
        App app = deploy(withVolumes(app(name, images.crashing()), "/data"));

        wakeInVain();
        target.fail(app, "it ended before it answered");
        target.fail(app, "it ended before it answered");

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(AppState.FAILED);
            assertThat(status.endpoints()).isEmpty();
            Failure failure = status.failure().orElseThrow();
            assertThat(failure.reason()).isEqualTo("it ended before it answered");
            assertThat(failure.exitCode()).contains(3);
            assertThat(failure.logLines()).contains("reading settings", "no settings found");
        });
        await().atMost(PATIENCE).during(QUIET).until(() -> running(name) == 0 && state() == AppState.FAILED);
        deploy(withImage(app, images.web("one")));
        assertThat(target.find(name).orElseThrow().failure()).isEmpty();
        // Its starts are counted in the volume: the wake's, a restart or two by the platform, and the web server's.
        assertThat(get(wake(), "/log").lines().filter("started"::equals).count())
                .isBetween(2L, 4L);
    }

    @Test
    void aRecordedFailureStaysUntilTheNextWake() {
        App app = deploy(app(name, images.misplaced()));
        wakeMisplaced();

        target.fail(app, "it did not answer on port 8080 within 30 s");

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(AppState.FAILED);
            assertThat(status.endpoints()).isEmpty();
            assertThat(status.failure().orElseThrow().reason()).contains("did not answer on port 8080");
            assertThat(status.failure().orElseThrow().logLines()).containsExactly("listening on 8081");
        });
        await().atMost(PATIENCE).during(QUIET).until(() -> running(name) == 0 && state() == AppState.FAILED);
        wake();
        await().atMost(PATIENCE).until(() -> state() == AppState.AWAKE);
        assertThat(target.find(name).orElseThrow().failure()).isEmpty();
    }

    @Test
    void aRecordedFailureIsForgottenBySleepAndByDeployingAgain() {
        App app = deploy(app(name, images.misplaced()));
        wakeMisplaced();
        target.fail(app, "it did not answer");
        target.sleep(name);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(target.find(name).orElseThrow().failure()).isEmpty();

        wakeMisplaced();
        target.fail(app, "it did not answer");
        deploy(app);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        assertThat(target.find(name).orElseThrow().failure()).isEmpty();
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
        assertThatThrownBy(() -> target.sleep(name)).isInstanceOf(UnknownAppException.class);
        assertThatThrownBy(() -> target.fail(app(name, images.missing()), "why"))
                .isInstanceOf(UnknownAppException.class);
        assertThat(target.find(name)).isEmpty();
    }

    @Test
    void aWrongCredentialIsRefused() {
        // Nothing else pulls this image: an engine that already has one would not ask the registry.
        App app = app(name, images.web("secret"));

        assertThatThrownBy(() -> {
                    target.deploy(app, AppSecrets.of(registry.wrongCredential()));
                    target.wake(name, PATIENCE);
                })
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(app.repository());
        assertThat(running(name)).isZero();
    }

    @Test
    void aMissingImageIsNamed() {
        App app = app(name, images.missing());

        assertThatThrownBy(() -> {
                    deploy(app);
                    target.wake(name, PATIENCE);
                })
                .isInstanceOf(TargetException.class)
                .hasMessageContaining(app.image());
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

    /** Wakes an app that listens on the wrong port, and waits until it does. */
    private void wakeMisplaced() {
        Endpoint endpoint = wake();
        var listening = new Endpoint(endpoint.instance(), endpoint.host(), TestImages.WRONG_PORT);
        assertThat(get(listening, "/")).isEqualTo("here");
    }

    /** Wakes an app that ends with status 3, and waits until the target says so. */
    private void wakeInVain() {
        try {
            target.wake(name, PATIENCE);
        } catch (AppFailedException e) {
            assertThat(e.failure().exitCode()).contains(3);
            assertThat(e.failure().logLines()).contains("reading settings", "no settings found");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(target.find(name)).hasValueSatisfying(status -> {
                    assertThat(status.state()).isEqualTo(AppState.FAILED);
                    assertThat(status.failure().orElseThrow().exitCode()).contains(3);
                }));
    }
}
