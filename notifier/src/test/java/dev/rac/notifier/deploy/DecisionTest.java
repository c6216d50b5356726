package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.Image;
import dev.rac.notifier.image.ImageConfig;
import dev.rac.notifier.image.ImageSettings;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final String CHILD = "sha256:" + "cd".repeat(32);

    @Test
    void theAppRunsTheDigestThatWasFoundForThePlatform() {
        App app = deployed(decide(Apps.push("alice/hello", "latest", 0), Map.of(), List.of()));

        assertThat(app.name()).isEqualTo(new AppName("alice-hello"));
        assertThat(app.image()).isEqualTo("localhost:8080/alice/hello@" + CHILD);
        assertThat(app.digest()).isEqualTo(CHILD);
        assertThat(app.pushedBy()).contains("alice");
        assertThat(app.pushedAt()).isEqualTo(Apps.NOON);
    }

    @Test
    void aNameThatIsAnothersGetsASuffix() {
        App app =
                deployed(decide(Apps.push("a/b", "latest", 0), Map.of(), List.of(Apps.app("a-b", "a-b", "latest", 0))));

        assertThat(app.name().value()).matches("a-b-[0-9a-f]{6}");
    }

    @Test
    void theNameThatWasRecordedStays() {
        String recorded = AppNames.release("a/b").get(1).value();

        App app = deployed(
                decide(Apps.push("a/b", "latest", 1), Map.of(), List.of(Apps.app(recorded, "a/b", "latest", 0))));

        assertThat(app.name().value()).isEqualTo(recorded);
    }

    @Test
    void aNameThatIsReservedForAnothersVolumesIsNotGiven() {
        var reserved = Map.of(new AppName("a-b"), "a/b");

        assertThat(deployed(decide(Apps.push("a-b", "latest", 0), Map.of(), List.of(), reserved))
                        .name()
                        .value())
                .matches("a-b-[0-9a-f]{6}");
        assertThat(deployed(decide(Apps.push("a/b", "latest", 0), Map.of(), List.of(), reserved))
                        .name()
                        .value())
                .isEqualTo("a-b");
    }

    @Test
    void anAppThatComesBackFindsTheNameOfItsVolumes() {
        AppName suffixed = AppNames.release("a/b").get(1);

        App app = deployed(decide(Apps.push("a/b", "latest", 0), Map.of(), List.of(), Map.of(suffixed, "a/b")));

        assertThat(app.name()).isEqualTo(suffixed);
    }

    @Test
    void aTagThatDoesNotReleaseMakesAPreviewOfTheRecordedName() {
        String recorded = AppNames.release("a/b").get(1).value();

        App app =
                deployed(decide(Apps.push("a/b", "v2", 1), Map.of(), List.of(Apps.app(recorded, "a/b", "latest", 0))));

        assertThat(app.name().value()).isEqualTo("v2--" + recorded);
        assertThat(AppNames.isRelease(app)).isFalse();
    }

    @Test
    void tagsThatLookAlikeMakePreviewsOfTheirOwn() {
        var taken = List.of(Apps.app("v2--hello", "hello", "V2", 0));

        assertThat(deployed(decide(Apps.push("hello", "v2", 1), Map.of(), taken))
                        .name()
                        .value())
                .matches("v2--hello-[0-9a-f]{6}");
        assertThat(deployed(decide(Apps.push("hello", "V2", 1), Map.of(), taken))
                        .name()
                        .value())
                .isEqualTo("v2--hello");
    }

    @Test
    void theLabelSaysWhichTagsRelease() {
        assertThat(deployed(decide(Apps.push("hello", "v1.2.3", 0), Map.of("rac.tag", "^1"), List.of()))
                        .name()
                        .value())
                .isEqualTo("hello");
    }

    @Test
    void anImageThatIsNotEnabledIsIgnored() {
        assertThat(decide(Apps.push("hello", "latest", 0), Map.of("rac.enable", "false"), List.of()))
                .isEqualTo(new Decision.Ignore("the image's label rac.enable is false"));
    }

    @Test
    void withoutPreviewsOnlyTheReleaseTagDeploys() {
        var labels = Map.of("rac.preview", "false");

        assertThat(decide(Apps.push("hello", "v1", 0), labels, List.of())).isInstanceOf(Decision.Ignore.class);
        assertThat(decide(Apps.push("hello", "latest", 0), labels, List.of())).isInstanceOf(Decision.Deploy.class);
    }

    @Test
    void anOlderPushDoesNotReplaceANewerOne() {
        var newer = List.of(Apps.app("hello", "hello", "latest", 5));

        assertThat(decide(Apps.push("hello", "latest", 4), Map.of(), newer)).isInstanceOf(Decision.Ignore.class);
        assertThat(decide(Apps.push("hello", "latest", 5), Map.of(), newer)).isInstanceOf(Decision.Deploy.class);
    }

    @Test
    void whatWasPushedBeforeARollbackDoesNotUndoItAndTheNextPushDoes() {
        App rolledBack = deployed(decide(Apps.rollback("hello", "latest", CHILD, 5), Map.of(), List.of()));

        assertThat(rolledBack.pushedBy()).contains("bob");
        assertThat(decide(Apps.push("hello", "latest", 4), Map.of(), List.of(rolledBack)))
                .isInstanceOf(Decision.Ignore.class);
        assertThat(decide(Apps.push("hello", "latest", 6), Map.of(), List.of(rolledBack)))
                .isInstanceOf(Decision.Deploy.class);
    }

    @Test
    void aRollbackToWhatRunsHoldsThoughTheAppIsLeftAsItIs() {
        var running = List.of(Apps.app("hello", "hello", "latest", 1));
        var decided = Map.of(new AppName("hello"), Apps.NOON.plusSeconds(5));

        assertThat(decide(Apps.push("hello", "latest", 4), Map.of(), running, Map.of(), decided))
                .isInstanceOf(Decision.Ignore.class);
        assertThat(decide(Apps.push("hello", "latest", 6), Map.of(), running, Map.of(), decided))
                .isInstanceOf(Decision.Deploy.class);
        assertThat(decide(Apps.push("hello", "latest", 4), Map.of(), List.of(), Map.of(), decided))
                .isInstanceOf(Decision.Deploy.class);
    }

    private static App deployed(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Deploy.class);
        return ((Decision.Deploy) decision).app();
    }

    private static Decision decide(Push push, Map<String, String> labels, List<App> apps) {
        return decide(push, labels, apps, Map.of());
    }

    private static Decision decide(
            Push push, Map<String, String> labels, List<App> apps, Map<AppName, String> reserved) {
        return decide(push, labels, apps, reserved, Map.of());
    }

    private static Decision decide(
            Push push,
            Map<String, String> labels,
            List<App> apps,
            Map<AppName, String> reserved,
            Map<AppName, Instant> decided) {
        var config = new ImageConfig(new Platform("linux", "amd64"), List.of(), List.of(), Optional.empty(), labels);
        ImageSettings settings = ImageSettings.read(config, "docker", ResourceLimits.DEFAULT);
        return Decision.of(push, new Image(CHILD, config), settings, apps, reserved, decided, "localhost:8080");
    }
}
