package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.Image;
import dev.rac.notifier.image.ImageSettings;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a push comes to: an app, or nothing for a reason. */
sealed interface Decision {

    /** Deploy this app. */
    record Deploy(App app) implements Decision {}

    /** Deploy nothing. */
    record Ignore(String reason) implements Decision {}

    /**
     * Decides; pure.
     *
     * @param apps every app that the target has
     * @param reserved names that may not be given to another repository than theirs
     * @param decided when each app was last pushed or rolled back to what it has: one that runs is left as it is by the
     *     same revision, and does not tell itself
     * @param registryHost where engines pull from
     */
    static Decision of(
            Push push,
            Image image,
            ImageSettings settings,
            List<App> apps,
            Map<AppName, String> reserved,
            Map<AppName, Instant> decided,
            String registryHost) {
        if (!settings.enabled()) {
            return new Ignore("the image's label rac.enable is false");
        }
        boolean release = settings.releases().releases(push.tag());
        if (!release && !settings.previews()) {
            return new Ignore(
                    "the tag " + push.tag() + " does not release, and the image's label rac.preview is false");
        }
        AppName name = release ? releaseName(push, apps, reserved) : previewName(push, apps, reserved);
        Optional<App> current =
                apps.stream().filter(app -> app.name().equals(name)).findFirst();
        if (current.isPresent()) {
            Instant deployed = current.get().pushedAt();
            Instant last = Collections.max(List.of(deployed, decided.getOrDefault(name, deployed)));
            if (last.isAfter(push.pushedAt())) {
                return new Ignore("a newer push or rollback, " + current.get().tag() + " of " + last + ", is deployed");
            }
        }
        return new Deploy(app(name, push, image, settings, registryHost));
    }

    private static AppName releaseName(Push push, List<App> apps, Map<AppName, String> reserved) {
        return apps.stream()
                .filter(app -> app.repository().equals(push.repository()) && AppNames.isRelease(app))
                .map(App::name)
                .findFirst()
                .orElseGet(() -> free(push, AppNames.release(push.repository()), apps, reserved));
    }

    private static AppName previewName(Push push, List<App> apps, Map<AppName, String> reserved) {
        return apps.stream()
                .filter(app -> app.repository().equals(push.repository())
                        && app.tag().equals(push.tag())
                        && !AppNames.isRelease(app))
                .map(App::name)
                .findFirst()
                .orElseGet(() -> free(
                        push,
                        AppNames.preview(push.repository(), push.tag(), releaseName(push, apps, reserved)),
                        apps,
                        reserved));
    }

    private static AppName free(Push push, List<AppName> names, List<App> apps, Map<AppName, String> reserved) {
        List<AppName> free = names.stream()
                .filter(name -> apps.stream().noneMatch(app -> app.name().equals(name)))
                .filter(name -> reserved.getOrDefault(name, push.repository()).equals(push.repository()))
                .toList();
        // An app that was removed and comes back finds the volumes it left.
        return free.stream()
                .filter(reserved::containsKey)
                .findFirst()
                // The last name has 160 bits of a hash: who has it can only be this very app.
                .orElseGet(() -> free.isEmpty() ? names.getLast() : free.getFirst());
    }

    private static App app(AppName name, Push push, Image image, ImageSettings settings, String registryHost) {
        return new App(
                name,
                push.repository(),
                push.tag(),
                image.digest(),
                registryHost + "/" + push.repository() + "@" + image.digest(),
                settings.port(),
                settings.environment(),
                settings.volumes(),
                settings.health(),
                settings.scaling(),
                settings.resources(),
                settings.update(),
                settings.description(),
                settings.warnings(),
                push.pushedBy(),
                push.pushedAt(),
                Optional.empty());
    }
}
