package dev.rac.targets;

import static dev.rac.targets.TestApps.app;
import static dev.rac.targets.TestApps.withEnvironment;
import static dev.rac.targets.TestApps.withHealth;
import static dev.rac.targets.TestApps.withImage;
import static dev.rac.targets.TestApps.withSettings;
import static dev.rac.targets.TestApps.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Target} does from one revision of an app to the next, with what an app is given and with what it
 * writes, proved on a real platform with real images. Each adapter's test extends it.
 */
public abstract class RevisionContract extends TargetFixture {
    protected RevisionContract(TestPlatform platform) {
        super(platform);
    }

    @Test
    void aSleepingAppIsUpdatedInPlaceAndNothingStarts() {
        App one = deploy(app(name, images.web("one")));
        wake();
        target.sleep(name);

        App two = deploy(withImage(one, images.web("two")));

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(two);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
        await().atMost(PATIENCE).until(() -> running(name) == 0);
        assertThat(get(wake(), "/")).isEqualTo("two");
    }

    @Test
    void aRunningAppIsReplacedByOneThatAnswersAndTheOldOneIsStoppedAfterItsDrain() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();
        assertThat(get(old, "/")).isEqualTo("one");

        App two = deploy(withImage(one, images.web("two")));

        AppStatus status = target.find(name).orElseThrow();
        assertThat(status.app()).isEqualTo(two);
        assertThat(status.state()).isEqualTo(AppState.AWAKE);
        assertThat(status.updating()).isFalse();
        assertThat(fetchOnce(status.endpoints().getFirst(), "/")).isEqualTo("two");
        assertThat(fetchOnce(old, "/")).isEqualTo("one");
        assertThat(running(name)).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(wake()).isEqualTo(status.endpoints().getFirst());
        target.sleep(name);
        await().atMost(PATIENCE).until(() -> running(name) == 0);
    }

    @Test
    void updatesOneAfterAnotherLeaveTheLastRunningAlone() {
        App one = deploy(app(name, images.web("one")));
        wake();

        deploy(withImage(one, images.web("two")));
        deploy(one);
        deploy(withImage(one, images.web("two")));

        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(get(wake(), "/")).isEqualTo("two");
    }

    @Test
    void aRevisionThatEndsBeforeItAnswersIsNotHandedTrafficAndTheOldOneStays() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();

        App broken = withImage(one, images.crashing());
        assertThatThrownBy(() -> deploy(broken)).isInstanceOfSatisfying(AppFailedException.class, e -> {
            assertThat(e.failure().exitCode()).contains(3);
            assertThat(e.failure().logLines()).contains("reading settings", "no settings found");
        });

        assertThat(target.find(name)).hasValueSatisfying(status -> {
            assertThat(status.app()).isEqualTo(one);
            assertThat(status.state()).isEqualTo(AppState.AWAKE);
            assertThat(status.endpoints()).containsExactly(old);
            assertThat(status.updating()).isFalse();
        });
        assertThat(fetchOnce(old, "/")).isEqualTo("one");
        await().atMost(PATIENCE).until(() -> running(name) == 1);
        assertThat(wake()).isEqualTo(old);
    }

    @Test
    void aRevisionThatDoesNotAnswerInItsTimeIsNotHandedTraffic() {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();

        App silent = withHealth(withImage(one, images.misplaced()), Duration.ofSeconds(3));
        assertThatThrownBy(() -> deploy(silent)).isInstanceOfSatisfying(AppFailedException.class, e -> {
            assertThat(e.failure().reason()).contains("it did not listen on port 8080 within 3 s");
            assertThat(e.failure().logLines()).containsExactly("listening on 8081");
        });

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
        assertThat(wake()).isEqualTo(old);
        await().atMost(PATIENCE).until(() -> running(name) == 1);
    }

    @Test
    void whileARevisionStartsTheAppIsUpdatingAndTheOldOneServes() throws Exception {
        App one = deploy(app(name, images.web("one")));
        Endpoint old = wake();
        App silent = withHealth(withImage(one, images.misplaced()), Duration.ofSeconds(8));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> update = threads.submit(() -> deploy(silent));

            await().atMost(PATIENCE).until(() -> target.find(name).orElseThrow().updating());
            assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
            assertThat(wake()).isEqualTo(old);
            target.sleep(name);
            assertThat(state()).isEqualTo(AppState.ASLEEP);

            assertThatThrownBy(update::get).hasCauseInstanceOf(TargetException.class);
        }
        await().atMost(PATIENCE).until(() -> running(name) == 0);
        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    @Test
    void anAppWithVolumesStopsBeforeItsNextRevisionStarts() {
        App one = deploy(withVolumes(app(name, images.web("one")), "/data"));
        // It may be told to stop before it has written that it started.
        assertThat(get(wake(), "/")).isEqualTo("one");

        App two = deploy(withImage(one, images.web("two")));

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(two);
        assertThat(state()).isEqualTo(AppState.AWAKE);
        assertThat(get(wake(), "/")).isEqualTo("two");
        assertThat(get(wake(), "/log").lines()).containsExactly("started", "stopped", "started");
    }

    @Test
    void anAppWithVolumesComesBackWhereItsNextRevisionDoesNotAnswer() {
        App one = deploy(withVolumes(app(name, images.web("one")), "/data"));
        wake();

        assertThatThrownBy(() -> deploy(withImage(one, images.crashing()))).isInstanceOf(AppFailedException.class);

        assertThat(target.find(name).orElseThrow().app()).isEqualTo(one);
        assertThat(get(wake(), "/")).isEqualTo("one");
    }

    @Test
    void whatItsOwnerSetArrivesIsNotShownAndStaysWhenTheAppSleeps() {
        App app = withSettings(withEnvironment(app(name, images.web("one")), Map.of("COLOUR", "red")), "1");
        var secrets = new AppSecrets(registry.credential(), Map.of("PASSWORD", "a \"secret\" $HOME", "COLOUR", "blue"));
        target.deploy(app, secrets);
        assertThat(get(wake(), "/environment").lines()).contains("PASSWORD=a \"secret\" $HOME", "COLOUR=blue");
        assertThat(target.find(name).toString()).doesNotContain("secret", "blue");
        target.sleep(name);
        assertThat(get(wake(), "/environment").lines()).contains("PASSWORD=a \"secret\" $HOME");

        target.deploy(withSettings(app, "2"), new AppSecrets(registry.credential(), Map.of("PASSWORD", "another")));

        assertThat(get(wake(), "/environment").lines()).contains("PASSWORD=another", "COLOUR=red");
        target.remove(name);
        deploy(app(name, images.web("one")));
        assertThat(get(wake(), "/environment")).doesNotContain("PASSWORD");
    }

    @Test
    void anInstancesOutputIsFollowedUntilItsEnd() throws Exception {
        deploy(app(name, images.talking()));
        Endpoint endpoint = wake();
        var lines = new CopyOnWriteArrayList<LogLine>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> following =
                    threads.submit(() -> target.followLog(name, endpoint.instance(), Optional.empty(), lines::add));

            await().atMost(PATIENCE).until(() -> texts(lines).contains("tick 3"));
            assertThat(texts(lines)).startsWith("to its output", "to its errors", "tick 1", "tick 2");
            Instant third = lines.stream()
                    .filter(line -> line.text().equals("tick 3"))
                    .findFirst()
                    .orElseThrow()
                    .at();
            var rest = new CopyOnWriteArrayList<LogLine>();
            Future<?> again =
                    threads.submit(() -> target.followLog(name, endpoint.instance(), Optional.of(third), rest::add));
            await().atMost(PATIENCE).until(() -> texts(rest).contains("tick 5"));
            assertThat(texts(rest)).startsWith("tick 3", "tick 4").doesNotContain("tick 2");

            target.sleep(name);
            following.get(60, TimeUnit.SECONDS);
            again.get(60, TimeUnit.SECONDS);
        }
        assertThat(texts(lines)).contains("stopping");
    }

    @Test
    void theOutputOfNoInstanceIsNotFollowed() {
        deploy(app(name, images.web("one")));

        assertThatThrownBy(() -> target.followLog(name, "no-such-instance", Optional.empty(), line -> {}))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("no-such-instance");
    }

    @Test
    void aFailureOfAnotherRevisionIsNotRecorded() {
        App one = deploy(app(name, images.web("one")));
        deploy(withImage(one, images.web("two")));

        target.fail(one, "it ended");

        assertThat(state()).isEqualTo(AppState.ASLEEP);
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }
}
