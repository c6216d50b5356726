package dev.rac.notifier.deploy;

import dev.rac.notifier.event.Push;
import dev.rac.notifier.image.Image;
import dev.rac.notifier.image.ImageSettings;
import dev.rac.notifier.image.MissingException;
import dev.rac.notifier.image.NotAnImageException;
import dev.rac.notifier.image.NotifierException;
import dev.rac.notifier.image.RegistryClient;
import dev.rac.notifier.image.ResourceLimits;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.image.UnsuitableImageException;
import dev.rac.targets.App;
import dev.rac.targets.AppLocks;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import dev.rac.targets.TargetException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt to deploy a push. Thread-safe. */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final RegistryClient registry;
    private final PullCredentials credentials;
    private final Target target;
    private final AppLocks locks;
    private final Reservations reservations;
    private final Outcomes outcomes;
    private final String registryHost;
    private final ResourceLimits limits;

    Deployer(
            RegistryClient registry,
            PullCredentials credentials,
            Target target,
            AppLocks locks,
            Reservations reservations,
            Outcomes outcomes,
            String registryHost,
            ResourceLimits limits) {
        this.registry = registry;
        this.credentials = credentials;
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
            Image image = registry.image(push.repository(), push.digest(), target.platform());
            ImageSettings settings = ImageSettings.read(image.config(), target.kind(), limits);
            return deploy(push, image, settings, cancelled);
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

    // The name is chosen before its lock can be taken, so it is chosen once more when it is held.
    private Attempt deploy(Push push, Image image, ImageSettings settings, BooleanSupplier cancelled) {
        Decision decision = decide(push, image, settings);
        while (decision instanceof Decision.Deploy(App app)) {
            try (var _ = locks.take(app.name())) {
                decision = decide(push, image, settings);
                if (decision instanceof Decision.Deploy(App again)
                        && again.name().equals(app.name())) {
                    return deploy(again, cancelled);
                }
            }
        }
        return switch (decision) {
            case Decision.Ignore(String reason) -> new Attempt.Ignored(reason);
            case Decision.Deploy(App app) -> throw new IllegalStateException("undecided about " + app.name());
        };
    }

    private Attempt deploy(App app, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            return new Attempt.Ignored("the app was removed meanwhile");
        }
        target.deploy(app, credentials.of(app.repository()));
        return new Attempt.Deployed(app.name(), app.digest());
    }

    private Decision decide(Push push, Image image, ImageSettings settings) {
        return Decision.of(
                push,
                image,
                settings,
                target.apps().stream().map(AppStatus::app).toList(),
                reservations.all(),
                outcomes.lastDeployed(push.repository()),
                registryHost);
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
