package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * Brings an app that runs to another revision, which then runs too. The caller sees to it that there is one such thing
 * per app at once; the app's own lock is not held while the new revision starts, so that the old one can be stopped.
 */
final class Rollout {
    private final ApiObjects objects;
    private final Manifests manifests;
    private final Secrets secrets;
    private final Handovers handovers;
    private final Sleeper sleeper;
    private final Waker waker;
    private final Answer answer;
    private final AppLocks locks;

    Rollout(
            ApiObjects objects,
            Manifests manifests,
            Secrets secrets,
            Handovers handovers,
            Sleeper sleeper,
            Waker waker,
            Answer answer,
            AppLocks locks) {
        this.objects = objects;
        this.manifests = manifests;
        this.secrets = secrets;
        this.handovers = handovers;
        this.sleeper = sleeper;
        this.waker = waker;
        this.answer = answer;
        this.locks = locks;
    }

    /** What an update has begun with. */
    private record Begun(Deployment before, String version) {}

    /**
     * Starts the new revision beside the old one, which it replaces once it answers.
     *
     * @param wanted the app asleep
     * @param now what runs
     * @return whether it was done; else the app has changed since {@code now}, and nothing was done
     * @throws AppFailedException if the new revision does not answer; the old one serves then as before
     */
    boolean startFirst(App app, Deployment wanted, AppView now) {
        AppName name = app.name();
        Optional<Begun> begun = locks.locked(
                name,
                () -> objects.applyUnlessChanged(UpdateManifests.beside(wanted, now))
                        .map(applied ->
                                new Begun(before(now), applied.getMetadata().getResourceVersion())));
        if (begun.isEmpty()) {
            return false;
        }
        try {
            answer.await(app, begun.orElseThrow().version());
            locks.locked(name, () -> handOver(app));
        } catch (RuntimeException e) {
            restore(
                    e,
                    () -> locks.locked(
                            name, () -> putBack(app, begun.orElseThrow().before())));
            throw e;
        }
        return true;
    }

    /**
     * Stops the old revision, and starts the new one; if that does not answer, the old one comes back.
     *
     * @param wanted the app asleep
     * @param now what runs
     * @throws AppFailedException if it does not
     */
    void stopFirst(App app, Deployment wanted, AppView now) {
        AppName name = app.name();
        Deployment before = before(now);
        String version = locks.locked(name, () -> {
            sleeper.stop(name, Optional.empty());
            return objects.apply(wanted).getMetadata().getResourceVersion();
        });
        try {
            waker.wake(name, Answer.START_PATIENCE);
            answer.await(app, version);
            locks.locked(name, () -> requireAwake(app));
        } catch (RuntimeException e) {
            restore(e, () -> comeBack(app, before));
            throw e;
        }
    }

    /** Ends an update that whoever began it has left behind: the revision that serves stays. */
    void abandon(AppView now) {
        AppName name = now.app().name();
        Deployment before = before(now);
        locks.locked(name, () -> objects.wanted(name).ifPresent(wanted -> putBack(wanted.app(), before)));
    }

    private void handOver(App app) {
        String revision = requireAwake(app).revision();
        objects.handOver(app.name());
        handovers.begin(app.name(), revision);
    }

    private AppView requireAwake(App app) {
        return objects.wanted(app.name())
                .filter(view -> view.replicas() > 0 && view.app().equals(app))
                .orElseThrow(() -> new TargetException(app.name()
                        + " was put to sleep before its next revision answered, and stays as it was; push again"));
    }

    /** Where that does not succeed either, a next deploy finds what was left behind. */
    private static void restore(RuntimeException failure, Runnable action) {
        try {
            action.run();
        } catch (TargetException e) {
            failure.addSuppressed(e);
        }
    }

    private void comeBack(App app, Deployment before) {
        AppName name = app.name();
        boolean ran = locks.locked(name, () -> {
            Optional<AppView> wanted =
                    objects.wanted(name).filter(view -> view.app().equals(app));
            if (wanted.isPresent()) {
                sleeper.stop(name, Optional.empty());
                putBack(app, before);
            }
            // A front door that found out first has stopped it, and said why.
            return wanted.filter(view ->
                            view.replicas() > 0 || view.recordedFailure().isPresent())
                    .isPresent();
        });
        if (ran) {
            waker.wake(name, Answer.START_PATIENCE);
        }
    }

    /** Unless yet another revision is there by now. */
    private void putBack(App failed, Deployment before) {
        AppName name = failed.name();
        Optional<AppView> wanted = objects.wanted(name);
        while (wanted.filter(view -> view.app().equals(failed)).isPresent()) {
            if (objects.applyUnlessChanged(UpdateManifests.back(before, wanted.orElseThrow()))
                    .isPresent()) {
                secrets.keepEnvironment(name, Names.revision(Names.annotation(before, Names.APP)));
                return;
            }
            wanted = objects.wanted(name);
        }
    }

    /** The Deployment of the revision that serves. */
    private Deployment before(AppView now) {
        return now.updating()
                ? manifests.deployment(now.app(), secrets.names(now.app().name(), now.revision()))
                : now.deployment();
    }
}
