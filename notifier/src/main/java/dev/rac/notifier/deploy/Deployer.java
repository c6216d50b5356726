package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.Image;
import dev.rac.notifier.image.ImageManifest;
import dev.rac.notifier.image.ImageSettings;
import dev.rac.notifier.image.MissingException;
import dev.rac.notifier.image.NotAnImageException;
import dev.rac.notifier.image.NotifierException;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.image.UnsuitableImageException;
import dev.rac.targets.App;
import dev.rac.targets.AppFailedException;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.PullCredential;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt to deploy a push. Thread-safe. */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final RegistryClient registry;
    private final Delivery delivery;
    private final Target target;
    private final AppLocks locks;
    private final Reservations reservations;
    private final Outcomes outcomes;
    private final String registryHost;
    private final ResourceLimits limits;

    Deployer(
            RegistryClient registry,
            Delivery delivery,
            Target target,
            AppLocks locks,
            Reservations reservations,
            Outcomes outcomes,
            String registryHost,
            ResourceLimits limits) {
        this.registry = registry;
        this.delivery = delivery;
        this.target = target;
        this.locks = locks;
        this.reservations = reservations;
        this.outcomes = outcomes;
        this.registryHost = registryHost;
        this.limits = limits;
    }

    /**
     * Makes one attempt; does not throw.
     *
     * @param cancelled whether the app was removed since
     */
    Attempt attempt(Push push, BooleanSupplier cancelled) {
        try {
            Optional<AppName> changed = push.settingsOf();
            if (changed.isPresent()) {
                return deployAgain(changed.get(), push.repository(), cancelled);
            }
            ImageManifest manifest = registry.manifest(push.repository(), push.digest(), target.platform());
            // The pusher waits: what comes next is asked for while the registry and the target look for what comes
            // first.
            try (var beside = new Beside()) {
                Supplier<Map<AppName, App>> apps = beside.begin(this::apps);
                Image image = registry.image(manifest, target.platform());
                ImageSettings settings = ImageSettings.read(image.config(), target.kind(), limits);
                Supplier<PullCredential> credential = () -> delivery.credential(push.repository());
                // Of what is not deployed, none is made.
                return deploy(
                        push,
                        image,
                        settings,
                        apps.get(),
                        settings.enabled() ? beside.begin(credential) : credential,
                        cancelled);
            }
        } catch (NotifierException e) {
            return attempt(e);
        } catch (TargetException e) {
            return refused(push, e);
        } catch (RuntimeException e) {
            LOG.error("{}: attempt failed", push, e);
            return new Attempt.Refused("an internal error, of which the notifier's log says more");
        }
    }

    private Attempt refused(Push push, TargetException thrown) {
        Optional<String> problem = target.problem();
        if (problem.isPresent()) {
            // It names the target's address, which is not for pushers.
            LOG.warn("{}: {}", push, problem.get());
            return new Attempt.Unavailable("the target does not answer");
        }
        return new Attempt.Refused(message(thrown));
    }

    private static Attempt attempt(NotifierException thrown) {
        return switch (thrown) {
            case UnavailableException e -> new Attempt.Unavailable(message(e));
            case MissingException e -> new Attempt.Refused(message(e));
            case NotAnImageException e -> new Attempt.Ignored(message(e));
            case UnsuitableImageException e -> new Attempt.Failed(message(e));
        };
    }

    // The name is chosen before its lock can be taken, so it is chosen once more when it is held: by what has that name
    // then, without another look at every app.
    private Attempt deploy(
            Push push,
            Image image,
            ImageSettings settings,
            Map<AppName, App> apps,
            Supplier<PullCredential> credential,
            BooleanSupplier cancelled) {
        Decision decision = decide(push, image, settings, apps.values());
        while (decision instanceof Decision.Deploy(App app)) {
            try (var _ = locks.take(app.name())) {
                apps.remove(app.name());
                target.find(app.name()).map(AppStatus::app).ifPresent(now -> apps.put(now.name(), now));
                decision = decide(push, image, settings, apps.values());
                if (decision instanceof Decision.Deploy(App again)
                        && again.name().equals(app.name())) {
                    return deploy(again, credential, cancelled);
                }
            }
        }
        return switch (decision) {
            case Decision.Ignore(String reason) -> new Attempt.Ignored(reason);
            case Decision.Deploy(App app) -> throw new IllegalStateException("undecided about " + app.name());
        };
    }

    // Whatever it is by now: what was pushed meanwhile is not undone.
    private Attempt deployAgain(AppName name, String repository, BooleanSupplier cancelled) {
        try (var _ = locks.take(name)) {
            Optional<App> app = target.find(name)
                    .map(AppStatus::app)
                    .filter(found -> found.repository().equals(repository));
            return app.isPresent()
                    ? deploy(app.get(), () -> delivery.credential(repository), cancelled)
                    : new Attempt.Ignored("the app was removed meanwhile");
        }
    }

    private Map<AppName, App> apps() {
        return target.apps().stream()
                .map(AppStatus::app)
                .collect(Collectors.toMap(App::name, app -> app, (one, same) -> same, HashMap::new));
    }

    private Attempt deploy(App app, Supplier<PullCredential> credential, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            return new Attempt.Ignored("the app was removed meanwhile");
        }
        try {
            delivery.deliver(app, credential);
            return new Attempt.Deployed(app.name(), app.digest());
        } catch (AppFailedException e) {
            return new Attempt.Unhealthy(app.name(), app.digest(), e.failure());
        }
    }

    private Decision decide(Push push, Image image, ImageSettings settings, Collection<App> apps) {
        return Decision.of(
                push,
                image,
                settings,
                List.copyOf(apps),
                reservations.all(),
                outcomes.lastDeployed(push.repository()),
                registryHost);
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
