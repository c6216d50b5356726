package dev.rac.notifier.reconcile;

import dev.rac.notifier.deploy.Known;
import dev.rac.notifier.deploy.Recorded;
import dev.rac.notifier.deploy.Removal;
import dev.rac.targets.App;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done for a repository. Pure.
 *
 * <p>A tag that names something else than was last pushed to it as far as is recorded, was pushed without an event. It
 * is deployed, unless an app of that tag runs it already, or it was removed. What was ignored or failed is recorded as
 * well, so that it is tried once.
 */
final class Comparison {
    private final Look look;
    private final Known known;
    private final List<App> apps;

    private Comparison(Look look, Known known, List<App> apps) {
        this.look = look;
        this.known = known;
        this.apps = apps;
    }

    /**
     * Compares.
     *
     * @param apps every app that the target has
     * @return what to do, in this order
     */
    static List<Mend> of(Look look, Known known, List<App> apps) {
        return new Comparison(look, known, apps).mends();
    }

    private List<Mend> mends() {
        var mends = new ArrayList<Mend>();
        var removed = new HashMap<String, String>();
        var missed = new ArrayList<Tagged>();
        for (Tagged image : look.images()) {
            Optional<Recorded> push = known.push(image.tag());
            Optional<Removal> removal = known.removal(image.tag());
            Optional<App> running = running(image);
            if (isBusy(image.tag(), push, removal)) {
                continue;
            }
            if (removal.isPresent() && removal.get().digest().isEmpty()) {
                removed.put(image.tag(), image.digest());
            } else if (known.digest(image.tag()).filter(image.digest()::equals).isEmpty()) {
                if (running.isEmpty()) {
                    missed.add(image);
                } else if (removal.isEmpty()) {
                    mends.add(new Mend.Adopt(FoundPush.adopted(look, image, push, running.get()), running.get()));
                }
            }
        }
        if (!removed.isEmpty() || isRemovedAsAWhole()) {
            mends.add(new Mend.Complete(look.repository(), Map.copyOf(removed)));
        }
        FoundPush.missed(look, missed, known, apps).forEach(push -> mends.add(new Mend.Missed(push)));
        mends.addAll(gone(missed));
        return mends;
    }

    // Under way, or newer than what the registry said.
    private boolean isBusy(String tag, Optional<Recorded> push, Optional<Removal> removal) {
        return known.pending().contains(tag)
                || push.filter(recorded -> !recorded.push().pushedAt().isBefore(look.at()))
                        .isPresent()
                || removal.filter(found -> !found.at().isBefore(look.at())).isPresent();
    }

    private boolean isRemovedAsAWhole() {
        return Optional.ofNullable(known.removals().get(Removal.ANY_TAG))
                .filter(removal -> removal.at().isBefore(look.at()))
                .isPresent();
    }

    private Optional<App> running(Tagged image) {
        return apps.stream()
                .filter(app -> app.repository().equals(look.repository())
                        && app.tag().equals(image.tag())
                        && image.digests().contains(app.digest()))
                .findFirst();
    }

    private List<Mend.Gone> gone(List<Tagged> missed) {
        var busy = new HashSet<>(known.pending());
        missed.forEach(image -> busy.add(image.tag()));
        return known.deployed().stream()
                .filter(deployed -> isGone(deployed, busy))
                .map(deployed -> new Mend.Gone(FoundPush.again(deployed)))
                .toList();
    }

    private boolean isGone(Recorded deployed, Set<String> busy) {
        String tag = deployed.push().tag();
        return deployed.app().isPresent()
                && apps.stream()
                        .noneMatch(app -> app.name().equals(deployed.app().get()))
                && look.names().contains(tag)
                && !busy.contains(tag)
                && known.removal(tag).isEmpty()
                && deployed.at().isBefore(look.at());
    }
}
