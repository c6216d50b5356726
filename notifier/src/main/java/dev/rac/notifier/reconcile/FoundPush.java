package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.deploy.Recorded;
import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.Digests;
import dev.rac.notifier.image.TagOrder;
import dev.rac.targets.App;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pushes that nobody told of. Pure: of the same finding comes the same event id, so that no push is found twice, by
 * whatever round of whatever process.
 */
final class FoundPush {
    private static final String FOUND = "found:";
    private static final String RESTORED = "restored:";

    private FoundPush() {}

    /**
     * Missed pushes, the newest first. They count as pushed just before they were seen, one after another in the order
     * of their tags: later than whatever was deployed before, and earlier than whatever is pushed now. But a tag that
     * is older than the one that the repository's app runs must not take its place: it counts as pushed just before it.
     *
     * @param images the oldest first
     */
    static List<Push> missed(Look look, List<Tagged> images, Known known, List<App> apps) {
        Optional<Released> released = released(look.repository(), known, apps);
        var pushes = new ArrayList<Push>();
        Instant at = look.at();
        for (Tagged image : images.reversed()) {
            Optional<Recorded> last = known.push(image.tag());
            Optional<Instant> limit = released.filter(app -> TagOrder.OLDEST_FIRST.compare(image.tag(), app.tag()) < 0)
                    .filter(app -> !hasPreview(look.repository(), image.tag(), apps))
                    .map(app -> app.pushedAt().minusMillis(1));
            Instant pushedAt = later(limit.filter(at::isAfter).orElse(at), last);
            String before = before(last, known, image);
            pushes.add(push(FOUND, look.repository(), image, before, Optional.empty(), pushedAt));
            at = at.minusMillis(1);
        }
        return pushes;
    }

    /** The push of an app that is left as it is. */
    static Push adopted(Look look, Tagged image, Optional<Recorded> last, App app) {
        String before = last.map(recorded -> recorded.push().eventId()).orElse("");
        return push(FOUND, look.repository(), image, before, app.pushedBy(), later(app.pushedAt(), last));
    }

    /** What was deployed, once more, as the same push or rollback. */
    static Push again(Recorded deployed) {
        Push push = deployed.push();
        String kind = push.isRollback() ? Push.ROLLBACK : RESTORED;
        String id = id(kind, push.repository(), push.tag(), push.digest(), push.eventId());
        return new Push(id, push.repository(), push.tag(), push.digest(), push.pushedBy(), push.pushedAt());
    }

    private record Released(String tag, Instant pushedAt) {}

    // Also of an app that is gone, and comes back.
    private static Optional<Released> released(String repository, Known known, List<App> apps) {
        Stream<Released> running = apps.stream()
                .filter(app -> app.repository().equals(repository) && AppNames.isRelease(app))
                .map(app -> new Released(app.tag(), app.pushedAt()));
        Stream<Released> recorded = known.deployed().stream()
                .filter(deployed -> deployed.app()
                        .filter(AppNames.release(repository)::contains)
                        .isPresent())
                .map(Recorded::push)
                .map(push -> new Released(push.tag(), push.pushedAt()));
        return Stream.concat(running, recorded).max(Comparator.comparing(Released::pushedAt));
    }

    private static boolean hasPreview(String repository, String tag, List<App> apps) {
        return apps.stream()
                .anyMatch(app ->
                        app.repository().equals(repository) && app.tag().equals(tag) && !AppNames.isRelease(app));
    }

    // What was last recorded is part of the id: the same digest may be pushed, and missed, again.
    private static String before(Optional<Recorded> last, Known known, Tagged image) {
        return known.removal(image.tag())
                .map(removal -> "removed " + removal.at())
                .or(() -> last.map(recorded -> recorded.push().eventId()))
                .orElse("");
    }

    private static Instant later(Instant at, Optional<Recorded> last) {
        return last.map(recorded -> recorded.push().pushedAt())
                .filter(at::isBefore)
                .orElse(at);
    }

    private static Push push(
            String kind, String repository, Tagged image, String before, Optional<String> pushedBy, Instant at) {
        String id = id(kind, repository, image.tag(), image.digest(), before);
        return new Push(id, repository, image.tag(), image.digest(), pushedBy, at);
    }

    private static String id(String kind, String repository, String tag, String digest, String before) {
        String content = repository + ":" + tag + "@" + digest + " " + before;
        return kind + Digests.sha256(content);
    }
}
