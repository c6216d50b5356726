package dev.rac.targets;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/**
 * What every {@link Target} does about apps that cannot be pulled or do not run, proved on a real platform with real
 * images. Each adapter's test extends it.
 */
public abstract class FailedAppContract extends TargetFixture {
    protected FailedAppContract(TestPlatform platform) {
        super(platform);
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
