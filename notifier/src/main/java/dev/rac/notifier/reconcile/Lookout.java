package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.image.MissingException;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.RegistryListing;
import dev.rac.notifier.image.TagOrder;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.image.UnsuitableImageException;
import dev.rac.targets.App;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the registry, no faster than its pace. */
final class Lookout {
    private static final int MAX_TAGS = 50_000;

    private final RegistryListing listing;
    private final RegistryClient images;
    private final Pace pace;
    private final Clock clock;

    Lookout(RegistryListing listing, RegistryClient images, Pace pace, Clock clock) {
        this.listing = listing;
        this.images = images;
        this.pace = pace;
        this.clock = clock;
    }

    /** The repositories after one, from the first on after an empty name. */
    RegistryListing.Page repositories(String after) throws InterruptedException {
        pace.next();
        return listing.repositories(after);
    }

    /**
     * A repository as it is now.
     *
     * @param apps every app that the target has
     * @throws MissingException if the registry does not know it
     * @throws UnavailableException if the registry or registry-auth does not answer as it should
     */
    Look look(String repository, Known known, List<App> apps) throws InterruptedException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            List<String> names = tags(repository);
            var tagged = new ArrayList<Tagged>();
            for (String tag : names.stream().sorted(TagOrder.OLDEST_FIRST).toList()) {
                image(repository, tag, known, apps).ifPresent(tagged::add);
            }
            return new Look(repository, Set.copyOf(names), tagged, at);
        } finally {
            listing.leave(repository);
        }
    }

    private List<String> tags(String repository) throws InterruptedException {
        var names = new ArrayList<String>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            pace.next();
            RegistryListing.Page page = listing.tags(repository, after.get());
            names.addAll(page.names());
            if (names.size() > MAX_TAGS) {
                throw new UnavailableException(repository + " has more than " + MAX_TAGS + " tags");
            }
            after = page.next();
        }
        return names;
    }

    private Optional<Tagged> image(String repository, String tag, Known known, List<App> apps)
            throws InterruptedException {
        Optional<String> last = known.digest(tag);
        pace.next();
        Optional<String> digest = listing.digest(repository, tag, last);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        // Only what is not known yet can be what an app runs unrecorded, maybe as the entry of an index.
        boolean asIndex = !digest.equals(last)
                && apps.stream()
                        .filter(app ->
                                app.repository().equals(repository) && app.tag().equals(tag))
                        .anyMatch(app -> !app.digest().equals(digest.get()));
        Set<String> digests = asIndex ? digests(repository, digest.get()) : Set.of(digest.get());
        return Optional.of(new Tagged(tag, digest.get(), digests));
    }

    private Set<String> digests(String repository, String digest) throws InterruptedException {
        pace.next();
        try {
            return images.digests(repository, digest);
        } catch (MissingException | UnsuitableImageException e) {
            // No app runs what cannot be read; why not, deploying it will tell the pusher.
            return Set.of(digest);
        }
    }
}
