package dev.rac.notifier.deploy;

import dev.rac.notifier.image.UnavailableException;
import dev.rac.notifier.variable.AppEnvironment;
import dev.rac.notifier.variable.Claim;
import dev.rac.notifier.variable.ClaimCheck;
import dev.rac.notifier.variable.Environments;
import dev.rac.targets.App;
import dev.rac.targets.AppSecrets;
import dev.rac.targets.PullCredential;
import dev.rac.targets.Target;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives apps to their target, with what they are pulled with and the variables that were set for them. Thread-safe. */
final class Delivery {
    private final Target target;
    private final PullCredentials credentials;
    private final Environments environments;
    private final ClaimCheck claims;

    Delivery(Target target, PullCredentials credentials, Environments environments, ClaimCheck claims) {
        this.target = target;
        this.credentials = credentials;
        this.environments = environments;
        this.claims = claims;
    }

    /**
     * What a repository's images are pulled with.
     *
     * @throws UnavailableException if registry-auth does not give it
     */
    PullCredential credential(String repository) {
        return credentials.of(repository);
    }

    /**
     * Deploys a revision that somebody decided on. The caller holds the app's lock.
     *
     * @param credential what its image is pulled with
     * @throws UnavailableException if registry-auth does not answer, or the app must not have its variables now
     */
    void deliver(App app, Supplier<PullCredential> credential) {
        deploy(app, credential, environment -> requireOwner(app.repository(), environment));
    }

    private void requireOwner(String repository, AppEnvironment environment) {
        if (environment.variables().isEmpty()) {
            return;
        }
        Claim claim = claims.of(repository)
                .orElseThrow(() -> new UnavailableException(
                        repository + " has variables, but nobody claims it any more, so that anybody may push what"
                                + " reads them: claim it and set them again, or remove them (DELETE /apps/"
                                + repository + "/-/env)"));
        if (!environment.isOf(claim)) {
            throw new UnavailableException(repository + " has variables of before it was claimed: set your own (PUT"
                    + " /apps/" + repository + "/-/env), or remove them (DELETE)");
        }
    }

    /**
     * Deploys what is deployed already. The caller holds the app's lock.
     *
     * @throws UnavailableException if registry-auth does not answer, or the app must not have what was set since
     */
    void renew(App app) {
        deploy(app, () -> credential(app.repository()), environment -> {
            if (!environment.settings().equals(app.settings())) {
                requireOwner(app.repository(), environment);
            }
        });
    }

    // Who changes variables meanwhile may not have found this app among those that need them.
    private void deploy(App app, Supplier<PullCredential> credential, Consumer<AppEnvironment> check) {
        AppEnvironment environment;
        do {
            environment = environments.of(app.repository());
            check.accept(environment);
            target.deploy(
                    app.withSettings(environment.settings()),
                    new AppSecrets(credential.get(), environment.variables()));
        } while (!environment.settings().equals(environments.settings(app.repository())));
    }
}
