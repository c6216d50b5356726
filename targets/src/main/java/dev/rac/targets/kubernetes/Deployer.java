package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.AppStatus;
import dev.rac.targets.TargetException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** Brings apps to the revisions that they should run. Thread-safe. */
final class Deployer {
    private final ApiObjects objects;
    private final Manifests manifests;
    private final Secrets secrets;
    private final Claims claims;
    private final ImagePull images;
    private final Handovers handovers;
    private final Rollout rollout;
    private final Sleeper sleeper;
    private final AppLocks locks;
    // Held longer: while a new revision starts, the old one is woken and put to sleep as ever.
    private final AppLocks updates = new AppLocks();

    Deployer(
            ApiObjects objects,
            Manifests manifests,
            Secrets secrets,
            Claims claims,
            ImagePull images,
            Handovers handovers,
            Rollout rollout,
            Sleeper sleeper,
            AppLocks locks) {
        this.objects = objects;
        this.manifests = manifests;
        this.secrets = secrets;
        this.claims = claims;
        this.images = images;
        this.handovers = handovers;
        this.rollout = rollout;
        this.sleeper = sleeper;
        this.locks = locks;
    }

    /** See {@link dev.rac.targets.Target#deploy}. */
    void deploy(App app, AppSecrets given) {
        updates.locked(app.name(), () -> deployAlone(app, given));
    }

    private void deployAlone(App app, AppSecrets given) {
        AppName name = app.name();
        Deployment wanted = manifests.deployment(app, given.environment().keySet());
        // Before anything is written: a Deployment of somebody else must not get a credential beside it.
        Optional<Deployment> there = objects.existing(wanted);
        Optional<AppView> before = there.flatMap(found -> AppView.of(found, podsOf(name, found)));
        secrets.applyCredential(name, given.credential());
        if (before.map(AppView::status).filter(status -> status.isDeployed(app)).isPresent()) {
            before.filter(AppView::updating).ifPresent(rollout::abandon);
            return;
        }
        boolean isNew = there.isEmpty();
        // Before anything else changes: what cannot be pulled must not take the place of what is there.
        if (!isNew
                && before.filter(view -> view.app().image().equals(app.image())).isEmpty()) {
            images.pull(app);
        }
        claims.ensure(manifests.claims(app));
        objects.apply(NetworkPolicies.app(app));
        objects.apply(manifests.service(app));
        secrets.applyEnvironment(app, given);
        Optional<AppView> now = before;
        while (!bring(app, wanted, now)) {
            now = objects.view(name);
        }
        if (isNew) {
            pullFirst(app);
        }
        if (there.filter(Deployer::hasEnvironment).isPresent()) {
            secrets.keepEnvironment(name, Names.revision(Names.annotation(wanted, Names.APP)));
        }
    }

    /** Who opens a new app's URL at once waits for no more than its own pull; one that is refused leaves nothing. */
    private void pullFirst(App app) {
        try {
            images.pull(app);
        } catch (TargetException e) {
            locks.locked(app.name(), () -> {
                secrets.delete(app.name());
                objects.delete(app.name()).ifPresent(uid -> sleeper.awaitRemoval(app.name(), uid));
            });
            throw e;
        }
    }

    /** Whether it is done; else the app has changed since {@code now}. */
    private boolean bring(App app, Deployment wanted, Optional<AppView> now) {
        if (now.map(AppView::status).filter(AppStatus::runs).isEmpty()) {
            return locks.locked(app.name(), () -> replaceAsleep(app.name(), wanted, now));
        }
        AppView running = now.orElseThrow();
        if (!app.startsFirst()) {
            rollout.stopFirst(app, wanted, running);
            return true;
        }
        handovers.awaitEnd(running);
        return rollout.startFirst(app, wanted, running);
    }

    private boolean replaceAsleep(AppName name, Deployment wanted, Optional<AppView> now) {
        Optional<String> version = now.map(view ->
                view.status().failure().isPresent() ? objects.scale(name, 0, Optional.empty()) : view.version());
        Optional<Deployment> applied = objects.applyUnlessChanged(
                version.map(seen -> UpdateManifests.asleep(wanted, seen)).orElse(wanted));
        applied.ifPresent(
                deployment -> sleeper.awaitEnding(name, deployment.getMetadata().getResourceVersion()));
        return applied.isPresent();
    }

    /** Nothing runs of what sleeps. */
    private List<Pod> podsOf(AppName name, Deployment deployment) {
        return Integer.valueOf(0).equals(deployment.getSpec().getReplicas()) ? List.of() : objects.pods(name);
    }

    private static boolean hasEnvironment(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> !container.getEnvFrom().isEmpty());
    }
}
